package dev.warren.lab.description;

/** What part of a lab's description a {@link Fault} is about. Indexes count from 0. */
public sealed interface Subject {

  /** The index of the root among the hosts. */
  int ROOT = -1;

  /** The lab as a whole. */
  record Lab() implements Subject {}

  /** A network, by its place in the list. */
  record Network(int index) implements Subject {}

  /** A host, by its place in the list; {@link #ROOT} is the root. */
  record Host(int index) implements Subject {}

  /** A capture, by its place in the list. */
  record Capture(int index) implements Subject {}

  /** A service of a host, by its place in the host's list. */
  record Service(int host, int index) implements Subject {}

  /** An interface of a host, by its place in the host's list. */
  record Interface(int host, int index) implements Subject {}
}
