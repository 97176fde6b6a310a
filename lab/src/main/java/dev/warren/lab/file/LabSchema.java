package dev.warren.lab.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The JSON Schema (draft 2020-12) of lab files, by which editors complete and check them. It knows
 * every key that {@link LabFile} knows, and the form of values, but not what holds between them.
 */
public final class LabSchema {

  private static final String RESOURCE = "lab.schema.json";

  private LabSchema() {}

  /** The schema as JSON, for people to read too. */
  public static String text() {
    try (InputStream schema = LabSchema.class.getResourceAsStream(RESOURCE)) {
      if (schema == null) {
        throw new IllegalStateException(RESOURCE + " is missing in this build");
      }
      return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the schema cannot be read", e);
    }
  }
}
