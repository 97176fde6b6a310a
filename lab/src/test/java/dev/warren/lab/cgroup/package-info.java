@NullMarked
package dev.warren.lab.cgroup;

import org.jspecify.annotations.NullMarked;
