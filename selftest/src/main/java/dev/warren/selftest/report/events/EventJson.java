package dev.warren.selftest.report.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.warren.selftest.plan.ShellWord;
import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.plan.TestenvChoice;
import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.subunit.SubunitEvent;
import dev.warren.selftest.verdict.Counts;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.type.LogicalType;

/**
 * How the records of a run are written as JSON: a record is an object of its components, which also
 * says its {@code type} where there are several kinds ({@code TestFinished} is {@code
 * test-finished}); durations are seconds, times are ISO 8601.
 */
final class EventJson {
  private static final JsonMapper WHOLE = mapper().build();

  /** The suites of events are only named. */
  private static final JsonMapper NAMING =
      mapper()
          .addModule(
              new SimpleModule()
                  .addSerializer(Suite.class, new NameWriter())
                  .addDeserializer(Suite.class, new NameReader()))
          .build();

  private EventJson() {}

  /** The suites that lines of a file have described, by name. */
  static final class Names {
    private static final Object KEY = Names.class;
    private final Map<String, Suite> described = new HashMap<>();
    private final List<Suite> fresh = new ArrayList<>();

    /** A line describes this suite. */
    void describe(Suite suite) {
      described.put(suite.name(), suite);
    }

    /** The suites that were named since the last call, and that no line describes yet. */
    List<Suite> takeFresh() {
      List<Suite> taken = List.copyOf(fresh);
      fresh.clear();
      return taken;
    }

    private String name(Suite suite) {
      Suite before = described.get(suite.name());
      if (!suite.equals(before)) {
        describe(suite);
        fresh.add(suite);
      }
      return suite.name();
    }
  }

  /** Writes records without events in them. */
  static ObjectWriter writer(Class<?> type) {
    return WHOLE.writerFor(type);
  }

  /** Reads records without events in them. */
  static ObjectReader reader(Class<?> type) {
    return WHOLE.readerFor(type);
  }

  /** Writes events, and keeps the suites that they name. */
  static ObjectWriter eventWriter(Names names) {
    return NAMING.writerFor(RunEvent.class).withAttribute(Names.KEY, names);
  }

  /** Reads events whose suites are known by their names. */
  static ObjectReader eventReader(Names names) {
    return NAMING.readerFor(RunEvent.class).withAttribute(Names.KEY, names);
  }

  private static JsonMapper.Builder mapper() {
    JsonMapper.Builder builder =
        JsonMapper.builder()
            .annotationIntrospector(new RequiredUnlessOptional())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(
                DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .enable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .withCoercionConfig(
                LogicalType.Textual,
                text -> {
                  text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
                  text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                  text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                })
            .addMixIn(RunEvent.class, Timed.class)
            .addMixIn(Outcome.class, AsWord.class)
            .addMixIn(Counts.class, AsMap.class)
            .addMixIn(TestenvChoice.class, Components.class)
            .addModule(
                new SimpleModule()
                    .addSerializer(Path.class, new PathWriter())
                    .addDeserializer(Path.class, new PathReader()));
    for (Class<?> sealed :
        new Class<?>[] {RunEvent.class, SubunitEvent.class, ShellWord.Part.class}) {
      if (sealed != RunEvent.class) {
        builder.addMixIn(sealed, Typed.class);
      }
      Stream.of(sealed.getPermittedSubclasses())
          .forEach(one -> builder.registerSubtypes(new NamedType(one, type(one))));
    }
    return builder;
  }

  /** What may be empty may be absent: earlier versions did not have all that this one has. */
  private static final class RequiredUnlessOptional extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
      return member.getRawType() != Optional.class;
    }
  }

  /** {@code TestFinished} is {@code test-finished}. */
  private static String type(Class<?> record) {
    return record.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  /** One of several kinds. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  private interface Typed {}

  /** One of several kinds, with its time. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  private interface Timed {
    @JsonProperty("time")
    Instant at();
  }

  /** The word that subunit has for it. */
  private interface AsWord {
    @JsonValue
    String word();
  }

  /** The numbers alone. */
  private abstract static class AsMap {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    AsMap(Map<Outcome, Integer> unused) {}

    @JsonValue
    abstract Map<Outcome, Integer> byOutcome();
  }

  /** Its components alone. */
  @JsonIgnoreProperties("none")
  private interface Components {}

  /** The path itself: Jackson makes URIs of them, and relative ones absolute. */
  private static final class PathWriter extends StdSerializer<Path> {
    PathWriter() {
      super(Path.class);
    }

    @Override
    public void serialize(Path path, JsonGenerator json, SerializationContext context) {
      json.writeString(path.toString());
    }
  }

  private static final class PathReader extends StdDeserializer<Path> {
    PathReader() {
      super(Path.class);
    }

    @Override
    public Path deserialize(JsonParser json, DeserializationContext context) {
      String text = json.getString();
      try {
        return Path.of(text);
      } catch (InvalidPathException e) {
        throw context.weirdStringException(text, Path.class, "no path");
      }
    }
  }

  private static final class NameWriter extends StdSerializer<Suite> {
    NameWriter() {
      super(Suite.class);
    }

    @Override
    public void serialize(Suite suite, JsonGenerator json, SerializationContext context) {
      json.writeString(((Names) context.getAttribute(Names.KEY)).name(suite));
    }
  }

  private static final class NameReader extends StdDeserializer<Suite> {
    NameReader() {
      super(Suite.class);
    }

    @Override
    public Suite deserialize(JsonParser json, DeserializationContext context) {
      String name = String.valueOf(json.getString());
      Suite suite = ((Names) context.getAttribute(Names.KEY)).described.get(name);
      if (suite == null) {
        throw context.weirdStringException(
            name, Suite.class, "no line before describes this suite");
      }
      return suite;
    }
  }
}
