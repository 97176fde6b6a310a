package dev.warren.lab;

import dev.warren.lab.description.Isolation;
import java.util.Optional;

/**
 * What makes the hosts of a lab private here.
 *
 * @param isolation never {@link Isolation#AUTO}
 * @param reason why namespaces are not taken, in one line, when nobody asked for cwrap
 */
public record IsolationChoice(Isolation isolation, Optional<String> reason) {
  /**
   * Chooses.
   *
   * @param described what the lab's description says
   * @param asked what who starts it says, which counts more
   */
  public static IsolationChoice of(Isolation described, Isolation asked) {
    return of(described, asked, Optional.empty());
  }

  /** What is wanted: as {@link #of} takes it, {@link Isolation#AUTO} where nobody says. */
  public static Isolation wanted(Isolation described, Isolation asked) {
    return asked == Isolation.AUTO ? described : asked;
  }

  /**
   * Chooses.
   *
   * @param described what the lab's description says
   * @param asked what who starts it says, which counts more
   * @param refusal why namespaces are refused here, when somebody has found out already
   */
  static IsolationChoice of(Isolation described, Isolation asked, Optional<String> refusal) {
    return switch (wanted(described, asked)) {
      case NAMESPACES -> new IsolationChoice(Isolation.NAMESPACES, Optional.empty());
      case CWRAP -> new IsolationChoice(Isolation.CWRAP, Optional.empty());
      case AUTO -> {
        Optional<String> reason =
            refusal.or(() -> NamespaceRefusal.find().map(NamespaceRefusal::reason));
        yield new IsolationChoice(
            reason.isPresent() ? Isolation.CWRAP : Isolation.NAMESPACES, reason);
      }
    };
  }
}
