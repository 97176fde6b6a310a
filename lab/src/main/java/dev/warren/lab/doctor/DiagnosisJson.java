package dev.warren.lab.doctor;

import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A diagnosis for scripts. */
public final class DiagnosisJson {
  private DiagnosisJson() {}

  /**
   * As the text of a JSON object.
   *
   * @param choice what of it follows for labs
   */
  public static String of(Diagnosis diagnosis, Choice choice) {
    ObjectNode node = JsonMapper.builder().build().createObjectNode();
    node.put("labs", choice.works());
    node.put("testenvs", diagnosis.testenvsWork(choice));
    choice.isolation().ifPresent(isolation -> node.put("isolation", isolation.word()));
    node.put("why", choice.words());
    var findings = node.putArray("findings");
    for (Finding finding : diagnosis.findings()) {
      ObjectNode entry = findings.addObject();
      entry.put("name", finding.name());
      entry.put("need", lower(finding.need()));
      entry.put("verdict", lower(finding.verdict()));
      entry.put("detail", finding.detail());
      finding.cost().ifPresent(cost -> entry.put("cost", cost));
      finding.remedy().ifPresent(remedy -> entry.put("remedy", remedy));
    }
    return node.toPrettyString();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
