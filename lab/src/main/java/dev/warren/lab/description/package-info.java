/**
 * What a lab shall be, as immutable data that was checked as a whole.
 *
 * <p>A {@link dev.warren.lab.description.LabDescription} that exists is valid: its names are
 * unique, its addresses fit, its cables have ends. It comes from a lab file, from {@link
 * dev.warren.lab.description.LabDescription#builder}, or from a testenv's definition.
 */
@NullMarked
package dev.warren.lab.description;

import org.jspecify.annotations.NullMarked;
