package dev.warren.lab.json;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.type.LogicalType;

/**
 * Records of a sealed interface as JSON objects: the field {@code type} is the record's name in
 * small letters with hyphens ({@code LinkCut} is {@code link-cut}), the others are its components.
 *
 * @param <T> the sealed interface
 */
public final class TypedJson<T> {
  /** The field that tells which record it is. */
  public static final String TYPE = "type";

  private static final int LONGEST_SHOWN = 80;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              text -> {
                text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
                text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
              })
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final Map<String, Class<? extends T>> records;

  /** Reads and writes the records that an interface permits. */
  public TypedJson(Class<T> sealed) {
    records =
        Stream.of(sealed.getPermittedSubclasses())
            .<Class<? extends T>>map(one -> one.asSubclass(sealed))
            .collect(Collectors.toMap(TypedJson::type, Function.identity()));
  }

  /** An object that begins with its type. */
  public ObjectNode node(T value) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put(TYPE, type(value.getClass()));
    node.setAll(MAPPER.<ObjectNode>valueToTree(value));
    return node;
  }

  /** The object in one line. */
  public String line(T value) {
    return node(value).toString();
  }

  /**
   * Reads an object; fields that its record has not are left out.
   *
   * @throws IOException when it is none of the records
   */
  public T read(String text) throws IOException {
    try {
      return read(MAPPER.readTree(text));
    } catch (JacksonException damaged) {
      throw new IOException("no JSON: " + damaged.getOriginalMessage(), damaged);
    }
  }

  /**
   * Reads an object; fields that its record has not are left out.
   *
   * @throws IOException when it is none of the records
   */
  public T read(JsonNode node) throws IOException {
    String type = node.path(TYPE).asString("");
    Class<? extends T> record = records.get(type);
    if (record == null) {
      String shown = type.substring(0, Math.min(type.length(), LONGEST_SHOWN));
      throw new IOException("unknown type \"%s\", known are %s".formatted(shown, records.keySet()));
    }
    try {
      return MAPPER.treeToValue(node, record);
    } catch (JacksonException damaged) {
      throw new IOException(type + ": " + damaged.getOriginalMessage(), damaged);
    }
  }

  private static String type(Class<?> record) {
    return record.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}
