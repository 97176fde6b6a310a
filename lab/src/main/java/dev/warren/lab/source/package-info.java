/**
 * What people write in files: YAML as nodes that know their place, and the mistakes found in them.
 *
 * <p>A reader of a file works like this: {@link dev.warren.lab.source.YamlFile} makes nodes, {@link
 * dev.warren.lab.source.Fields} takes the values of a mapping by key, and everything that is wrong
 * goes into one {@link dev.warren.lab.source.Problems}, so that the user sees all mistakes at once.
 *
 * <p>The YAML is version 1.2 less what makes files hard to read or dangerous to load: one document
 * a file, scalars as keys, no anchors, aliases or tags. A scalar has no type of its own: {@code
 * 0644}, {@code yes} and {@code 1.10} stay the text they are until somebody asks for a number or a
 * switch.
 */
@NullMarked
package dev.warren.lab.source;

import org.jspecify.annotations.NullMarked;
