/** The nouns people use: labs, hosts, networks. */
@NullMarked
package dev.warren.lab;

import org.jspecify.annotations.NullMarked;
