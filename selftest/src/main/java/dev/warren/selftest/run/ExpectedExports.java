package dev.warren.selftest.run;

import dev.warren.selftest.testenv.Catalogue;
import dev.warren.selftest.testenv.Export;
import dev.warren.selftest.testenv.FileTemplate;
import dev.warren.selftest.testenv.Scope;
import dev.warren.selftest.testenv.TestenvDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What testenvs export, as far as it is known before they are set up: what a script would find out
 * is {@value #UNKNOWN}. Enough for commands that list tests, which want arguments and ask nobody.
 */
final class ExpectedExports {
  static final String UNKNOWN = "unknown";

  private final Catalogue catalogue;
  private final LabAssembly assembly;
  private final Map<String, Map<String, String>> known = new HashMap<>();

  ExpectedExports(Catalogue catalogue, LabAssembly assembly) {
    this.catalogue = catalogue;
    this.assembly = assembly;
  }

  Map<String, String> of(TestenvDefinition testenv) {
    Map<String, String> exports = known.get(testenv.name());
    if (exports == null) {
      exports = expand(testenv);
      known.put(testenv.name(), exports);
    }
    return exports;
  }

  /** Writes the files that the set-up of a testenv begins with: clients' configurations. */
  void writeFiles(TestenvDefinition testenv, LabFiles files)
      throws IOException, InterruptedException {
    Scope scope = scope(testenv);
    Path folder = assembly.paths().envdir(testenv.name());
    for (FileTemplate file : testenv.files()) {
      Path path = folder.resolve(scope.expand(file.path()));
      files.write(path, file.mode(), scope.expand(file.text()));
    }
  }

  private Map<String, String> expand(TestenvDefinition testenv) {
    Scope scope = scope(testenv);
    Map<String, String> exports = new LinkedHashMap<>();
    testenv
        .exports()
        .forEach(
            (name, export) ->
                exports.put(
                    name,
                    switch (export) {
                      case Export.Value(var template) -> scope.expand(template);
                      case Export.Command _ -> UNKNOWN;
                    }));
    return exports;
  }

  private Scope scope(TestenvDefinition testenv) {
    Map<String, Map<String, String>> needs = new LinkedHashMap<>();
    testenv.needNames().forEach(need -> needs.put(need, of(catalogue.testenv(need))));
    return new Scope(assembly.predefined(testenv), testenv.variables(), needs);
  }
}
