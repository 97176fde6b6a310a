package dev.warren.selftest.report.page;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The templates of pages, and what goes into them: in double braces text, in triple ones markup.
 */
public final class PageTemplate {
  private static final Mustache.Compiler COMPILER = Mustache.compiler().strictSections(true);

  private PageTemplate() {}

  /**
   * A script for a page.
   *
   * @param text the script
   * @param hash what the page's content security policy names it by, so that no other runs
   */
  public record Script(String text, String hash) {}

  /** A template of this package, filled. */
  public static String fill(String template, Map<String, ?> values) {
    return COMPILER.compile(resource(template)).execute(values);
  }

  /** A file of this package. */
  public static String resource(String name) {
    try (InputStream in = PageTemplate.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from Warren's own files");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Scripts of this package as one, in a scope of its own. */
  static Script script(List<String> names) {
    String text =
        names.stream()
            .map(PageTemplate::resource)
            .collect(Collectors.joining("\n", "\n(() => {\n'use strict';\n", "})();\n"));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return new Script(text, "sha256-" + Base64.getEncoder().encodeToString(hash));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
