package dev.warren.selftest.plan;

import dev.warren.lab.source.Position;
import java.util.Optional;

/**
 * One entry of a plan: a command that reports the results of many tests.
 *
 * @param name unique in the plan
 * @param testenv what it runs against
 * @param command what it runs
 * @param listing the command that lists its tests, where there is one
 * @param settings what else the plan says of it
 * @param position where the plan names it
 */
public record Suite(
    String name,
    TestenvChoice testenv,
    SuiteCommand command,
    Optional<SuiteCommand> listing,
    SuiteSettings settings,
    Position position) {}
