package dev.warren.lab.description;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"{{host.name..x}}", "{{host.name../...name}}", "{{#}}"})
  void aMalformedTemplateIsSaidToBeOne(String template) {
    LabDescription lab = LabDescription.builder("t").host(HostDescription.named("a")).build();

    assertThatExceptionOfType(TemplateText.BadTemplateException.class)
        .isThrownBy(() -> TemplateText.render(template, lab, lab.hosts().getFirst()));
  }
}
