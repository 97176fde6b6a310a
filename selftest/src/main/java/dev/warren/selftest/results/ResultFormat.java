package dev.warren.selftest.results;

/** The form in which a suite's command says how its tests went. */
public enum ResultFormat {
  /** Subunit, version 1, with Samba's additions, among other output. */
  SUBUNIT,
  /** Subunit, version 2: binary packets, among other output. */
  SUBUNIT2,
  /** The Test Anything Protocol, versions 12 to 14. */
  TAP,
  /** Files of JUnit's XML that the command leaves in its folder. */
  JUNIT_XML,
  /** The exit code alone: the suite is its only test. */
  EXIT_CODE
}
