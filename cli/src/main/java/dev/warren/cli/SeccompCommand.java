package dev.warren.cli;

import dev.warren.lab.seccomp.ContainerPlace;
import dev.warren.lab.seccomp.SeccompProfile;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints what a container needs so that labs work in it. */
@Command(
    name = "seccomp",
    description = {
      "Print a seccomp profile with which labs work in containers.",
      "",
      "Docker's default profile refuses the calls that make namespaces. Without options a complete"
          + " profile of Warren's own; with --base the given one with the smallest addition; with --for"
          + " what to write where. docs/ci.md says what each rule is for."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  warren seccomp > warren-seccomp.json",
      "  warren seccomp --base docker-default.json > warren-seccomp.json",
      "  warren seccomp --for docker",
      "  warren seccomp --addition | jq '.[].names'"
    })
final class SeccompCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(
      names = "--base",
      paramLabel = "FILE",
      description = "Add what labs need to this profile, in Docker's format.")
  private @Nullable Path base;

  @Option(
      names = "--addition",
      description = "Only the rules that --base adds to Docker's default profile, as a JSON list.")
  private boolean addition;

  @Option(
      names = "--for",
      paramLabel = "PLACE",
      description =
          "What to write where: docker (run), podman (run), gitlab (a runner's config.toml), kubernetes"
              + " (a pod) or daemon (Docker's, for all containers).")
  private @Nullable ContainerPlace place;

  SeccompCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    if (addition && (base != null || place != null)) {
      throw new CommandException(
          ExitCode.BAD_INPUT, "--addition stands alone: --base FILE adds these rules to a profile");
    }
    surroundings.out().print(addition ? SeccompProfile.addition() : text());
    surroundings.out().flush();
    return ExitCode.OK;
  }

  private String text() throws Exception {
    SeccompProfile profile = base == null ? SeccompProfile.own() : merged(base);
    String command = "warren seccomp" + (base == null ? "" : " --base " + base);
    return place == null ? profile.text() : place.snippet(profile, command);
  }

  private SeccompProfile merged(Path file) throws Exception {
    SeccompProfile profile = SeccompProfile.merged(file.toString(), read(file));
    if (profile.rules() == 0) {
      surroundings.err().println(file + ": has all that labs need");
    }
    return profile;
  }

  private static String read(Path file) throws CommandException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new CommandException(ExitCode.BAD_INPUT, file + ": there is no such file");
    } catch (MalformedInputException e) {
      throw new CommandException(ExitCode.BAD_INPUT, file + ": this is no text in UTF-8");
    } catch (IOException e) {
      throw new CommandException(ExitCode.BAD_INPUT, file + ": cannot be read: " + e.getMessage());
    }
  }
}
