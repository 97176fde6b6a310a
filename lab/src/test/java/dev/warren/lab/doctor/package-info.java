@NullMarked
package dev.warren.lab.doctor;

import org.jspecify.annotations.NullMarked;
