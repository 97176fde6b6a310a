package dev.warren.selftest.subunit;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;

/** The stream's form of a time: {@code 2026-03-01 12:00:05.123456Z}. */
final class SubunitTime {
  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** What is read is wider: a T between date and time, any fraction or none, any offset or none. */
  private static final DateTimeFormatter READ =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffsetId()
          .optionalEnd()
          .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
          .toFormatter(Locale.ROOT);

  private SubunitTime() {}

  static Optional<Instant> parse(String text) {
    String date = text.replaceFirst(" ", "T");
    try {
      // Years of more digits, which Java reads too, are none of ISO's: other tools stumble.
      return Optional.of(OffsetDateTime.parse(date, READ))
          .filter(time -> time.getYear() > 0 && time.getYear() < 9999)
          .map(OffsetDateTime::toInstant);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  static String format(Instant instant) {
    return WRITTEN.format(instant);
  }
}
