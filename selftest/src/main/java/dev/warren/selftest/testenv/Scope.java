package dev.warren.selftest.testenv;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The values that the templates and scripts of one testenv see. The catalogue's check has shown
 * that every reference leads to a value and that none leads to itself.
 */
public final class Scope {
  private final Map<String, String> values;
  private final Map<String, Template> variables;
  private final Map<String, Map<String, String>> exports;

  /**
   * A scope.
   *
   * @param predefined the variables that Warren gives
   * @param variables those of the definition
   * @param exports what the testenvs export that this one needs, by testenv
   */
  public Scope(
      Map<String, String> predefined,
      Map<String, Template> variables,
      Map<String, Map<String, String>> exports) {
    this.values = new HashMap<>(predefined);
    this.variables = variables;
    this.exports = exports;
  }

  /** The template's text. */
  public String expand(Template template) {
    return template.expand(this::value);
  }

  /** Every variable of the testenv with its value, as scripts find them in their environment. */
  public Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    variables.keySet().forEach(name -> environment.put(name, own(name)));
    environment.putAll(values);
    return environment;
  }

  /** As {@link #environment}, but for the variables whose values come from testenvs it needs. */
  public Map<String, String> environmentWithoutNeeds() {
    Map<String, String> environment = new LinkedHashMap<>();
    for (Map.Entry<String, Template> variable : variables.entrySet()) {
      if (!comesFromNeeds(variable.getValue())) {
        environment.put(variable.getKey(), own(variable.getKey()));
      }
    }
    environment.putAll(values);
    return environment;
  }

  private boolean comesFromNeeds(Template template) {
    return template.references().stream().anyMatch(found -> comesFromNeeds(found.variable()));
  }

  private boolean comesFromNeeds(VariableName variable) {
    Template own = variables.get(variable.name());
    return variable.testenv().isPresent()
        || (!values.containsKey(variable.name()) && own != null && comesFromNeeds(own));
  }

  private String value(VariableName variable) {
    if (variable.testenv().isEmpty()) {
      return own(variable.name());
    }
    String value = exports.getOrDefault(variable.testenv().get(), Map.of()).get(variable.name());
    if (value == null) {
      throw new IllegalStateException("unchecked reference to " + variable);
    }
    return value;
  }

  private String own(String name) {
    String known = values.get(name);
    if (known != null) {
      return known;
    }
    Template template = variables.get(name);
    if (template == null) {
      throw new IllegalStateException("unchecked reference to " + name);
    }
    String value = expand(template);
    values.put(name, value);
    return value;
  }
}
