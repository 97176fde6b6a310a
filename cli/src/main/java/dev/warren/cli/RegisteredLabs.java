package dev.warren.cli;

import dev.warren.lab.Lab;
import dev.warren.lab.LabSettings;
import dev.warren.lab.control.LabRunsException;
import dev.warren.lab.control.Registration;
import dev.warren.lab.control.RunningLabs;
import dev.warren.lab.control.Supervision;
import dev.warren.lab.description.LabDescription;
import dev.warren.selftest.run.LabOpener;
import dev.warren.selftest.run.LabPlace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Labs with testenvs that other commands find as soon as they are there, and that take their
 * requests until they end.
 */
final class RegisteredLabs implements LabOpener {
  /** So many labs of one name at a time are enough for anybody. */
  private static final int MOST_AT_A_TIME = 100;

  /** The longest name of a lab, less room for a number. */
  private static final int LONGEST_NAME = 63 - "-100".length();

  private final RunningLabs labs;
  private final String prefix;
  private final boolean userNamespace;

  /**
   * Labs of this user.
   *
   * @param prefix what the name of each begins with; that of its testenv follows
   * @param userNamespace whether this JVM runs in a user namespace that it was started in
   */
  RegisteredLabs(RunningLabs labs, String prefix, boolean userNamespace) {
    this.labs = labs;
    this.prefix = prefix;
    this.userNamespace = userNamespace;
  }

  @Override
  public LabPlace open(String testenv) throws IOException {
    return new Place(register(labs, prefix + testenv), userNamespace);
  }

  /**
   * Registers a lab under this name, or under one with a number where that runs already.
   *
   * @param wanted a name that may have what a lab's may not: that becomes -
   */
  static Registration register(RunningLabs labs, String wanted) throws IOException {
    String name = labName(wanted);
    for (int number = 1; ; number++) {
      try {
        return labs.register(number == 1 ? name : name + "-" + number);
      } catch (LabRunsException taken) {
        if (number == MOST_AT_A_TIME) {
          throw taken;
        }
      }
    }
  }

  private static String labName(String wanted) {
    String name = wanted.replaceAll("[^A-Za-z0-9._-]+", "-").replaceFirst("^[^A-Za-z0-9]+", "");
    return name.isEmpty() ? "testenv" : name.substring(0, Math.min(name.length(), LONGEST_NAME));
  }

  /** One lab's entry among those that run. */
  private static final class Place implements LabPlace {
    private final Registration registration;
    private final boolean userNamespace;
    private @Nullable Supervision supervision;

    Place(Registration registration, boolean userNamespace) {
      this.registration = registration;
      this.userNamespace = userNamespace;
    }

    @Override
    public String name() {
      return registration.lab().name();
    }

    @Override
    public Path stateFolder() {
      return registration.stateDirectory();
    }

    @Override
    public Lab start(LabDescription description, LabSettings settings) throws IOException {
      Lab lab =
          Lab.start(description, settings.withHidden(List.of(registration.runtimeDirectory())));
      try {
        supervision = Supervision.of(registration, lab, userNamespace);
        return lab;
      } catch (IOException failure) {
        lab.close();
        throw failure;
      }
    }

    @Override
    public void ending() throws IOException {
      if (supervision != null) {
        supervision.close();
      }
    }

    @Override
    public void close() throws IOException {
      registration.close();
    }
  }
}
