package dev.warren.lab.graph;

/** A point of the picture, in pixels from its top left corner. */
record Point(double x, double y) {}
