package dev.warren.lab.plan;

import dev.warren.lab.host.NamespaceMachine;

/** Is told of hosts on the thread that carries out a change, in the midst of it. */
public interface HostListener {
  /** Tells nobody. */
  HostListener NOBODY =
      new HostListener() {
        @Override
        public void up(NamespaceMachine host) {}

        @Override
        public void gone(String host) {}
      };

  /** Its init runs. */
  void up(NamespaceMachine host);

  /** It was removed, or what made it was taken back. */
  void gone(String host);
}
