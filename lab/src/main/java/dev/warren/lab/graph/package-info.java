/** A lab's topology as a picture (SVG) and as text that draws itself (Mermaid). */
@NullMarked
package dev.warren.lab.graph;

import org.jspecify.annotations.NullMarked;
