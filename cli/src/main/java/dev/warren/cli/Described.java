package dev.warren.cli;

import picocli.CommandLine.Model.CommandSpec;

/**
 * A command that tells its model itself. For each kind of annotation that picocli reads, Java makes
 * a class, at every start and also with an AOT cache; for each field that picocli sets, a chain of
 * method handles. That takes longer than `warren ls` has for all else, so the commands of every day
 * do without; for the others annotations read better.
 */
interface Described {
  /** The model, with this as the command. */
  CommandSpec describe();
}
