/** What became of testenvs and suites in several runs, as tables. */
@NullMarked
package dev.warren.selftest.report.table;

import org.jspecify.annotations.NullMarked;
