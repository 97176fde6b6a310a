/** How a lab is made: operations as data, in order, and the executor that does and undoes them. */
@NullMarked
package dev.warren.lab.plan;

import org.jspecify.annotations.NullMarked;
