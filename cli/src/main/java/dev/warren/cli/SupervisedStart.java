package dev.warren.cli;

import dev.warren.lab.Lab;
import dev.warren.lab.LabSettings;
import dev.warren.lab.control.Registration;
import dev.warren.lab.control.Supervision;
import dev.warren.lab.description.LabDescription;
import dev.warren.selftest.run.LabStarter;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts one lab that other commands find, and that does what they ask for until it ends. */
final class SupervisedStart implements LabStarter {
  private final Registration registration;
  private final boolean userNamespace;
  private @Nullable Supervision supervision;

  /**
   * For the lab of a registration.
   *
   * @param userNamespace whether this JVM runs in a user namespace that it was started in
   */
  SupervisedStart(Registration registration, boolean userNamespace) {
    this.registration = registration;
    this.userNamespace = userNamespace;
  }

  @Override
  public Lab start(LabDescription description, LabSettings settings) throws IOException {
    Lab lab = Lab.start(description, settings.withHidden(List.of(registration.runtimeDirectory())));
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
}
