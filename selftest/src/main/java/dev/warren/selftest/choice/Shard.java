package dev.warren.selftest.choice;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of several equal parts of a plan.
 *
 * @param number which one, from 1
 * @param count how many there are
 */
public record Shard(int number, int count) {
  /** More parts than any plan has suites. */
  private static final int MOST = 9999;

  private static final Pattern FORM = Pattern.compile("(?:([0-9]{1,4})/)?([0-9]{1,4})");

  /** Refuses what is no part. */
  public Shard {
    if (count < 1 || count > MOST || number < 1 || number > count) {
      throw new IllegalArgumentException(
          "there is no shard %d of %d: K/N with K from 1 to N is one".formatted(number, count));
    }
  }

  /**
   * Reads {@code K/N}; {@code N}, where K comes from the environment; or nothing, where both do.
   *
   * <p>GitLab sets {@code CI_NODE_INDEX}, from 1, and {@code CI_NODE_TOTAL} in jobs with {@code
   * parallel}. Kubernetes sets {@code JOB_COMPLETION_INDEX}, from 0, in Indexed Jobs; it does not
   * tell their number, which is taken from {@code JOB_COMPLETIONS} where the Job's author sets
   * that.
   *
   * @throws IllegalArgumentException for anything else, with a message for the user
   */
  public static Shard parse(String text, Map<String, String> environment) {
    if (text.isEmpty()) {
      return new Shard(number(environment), count(environment));
    }
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("\"%s\" is no shard: K/N is, as 2/4".formatted(text));
    }
    int count = Integer.parseInt(matcher.group(2));
    Optional<String> number = Optional.ofNullable(matcher.group(1));
    return new Shard(number.map(Integer::parseInt).orElseGet(() -> number(environment)), count);
  }

  private static int number(Map<String, String> environment) {
    return value("CI_NODE_INDEX", environment)
        .or(() -> value("JOB_COMPLETION_INDEX", environment).map(index -> index + 1))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "which shard is not known: neither CI_NODE_INDEX (GitLab) nor"
                        + " JOB_COMPLETION_INDEX (Kubernetes) is set; say --shard=K/N"));
  }

  private static int count(Map<String, String> environment) {
    // GitLab sets its total, 1, in all jobs: it counts only where its index does.
    return value("CI_NODE_INDEX", environment)
        .flatMap(_ -> value("CI_NODE_TOTAL", environment))
        .or(() -> value("JOB_COMPLETIONS", environment))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "how many shards there are is not known: neither CI_NODE_TOTAL (GitLab) nor"
                        + " JOB_COMPLETIONS is set; say --shard=N"));
  }

  private static Optional<Integer> value(String variable, Map<String, String> environment) {
    Optional<String> text =
        Optional.ofNullable(environment.get(variable)).filter(value -> !value.isBlank());
    if (text.isPresent() && !text.get().matches("[0-9]{1,4}")) {
      throw new IllegalArgumentException(
          "the variable %s is no number: \"%s\"".formatted(variable, text.get()));
    }
    return text.map(Integer::parseInt);
  }

  /** {@code K/N}. */
  @Override
  public String toString() {
    return number + "/" + count;
  }
}
