package dev.warren.selftest.verdict;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A script of {@code src/test/resources} that answers questions, one line of JSON each. */
final class PythonProcess implements AutoCloseable {
  private final JsonMapper json = new JsonMapper();
  private final Process process;
  private final BufferedWriter questions;
  private final BufferedReader answers;

  private PythonProcess(Process process) {
    this.process = process;
    this.questions = process.outputWriter();
    this.answers = process.inputReader();
  }

  /**
   * Starts a script with the Python that the environment variable {@code PYTHON} names, else {@code
   * python3}.
   *
   * @throws IOException when there is none
   */
  static PythonProcess start(String script, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Optional.ofNullable(System.getenv("PYTHON")).orElse("python3"));
    command.add(Path.of("src/test/resources", script).toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    return new PythonProcess(builder.start());
  }

  /** The answer to one question. */
  JsonNode ask(Map<String, ?> question) throws IOException {
    questions.write(json.writeValueAsString(question));
    questions.newLine();
    questions.flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("the script ended at " + question);
    }
    return json.readTree(answer);
  }

  @Override
  public void close() throws IOException {
    questions.close();
    process.destroy();
  }
}
