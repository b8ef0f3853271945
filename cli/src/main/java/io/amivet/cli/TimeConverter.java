package io.amivet.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a time such as {@code 2026-02-03}, {@code 2026-02-03T04:05:06}, with {@code Z} or an offset
 * behind, or {@code @1770091506}. What names no offset is UTC.
 */
final class TimeConverter implements ITypeConverter<Instant> {
  private static final int DATE_LENGTH = 10;

  @Override
  public Instant convert(String text) {
    try {
      if (text.startsWith("@")) {
        return Instant.ofEpochSecond(Long.parseLong(text.substring(1)));
      }
      if (text.length() == DATE_LENGTH) {
        return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
      }
      String joined = text.replace(' ', 'T');
      boolean zoned = joined.endsWith("Z") || joined.matches(".*T.*[+-]\\d\\d:\\d\\d");
      return zoned
          ? OffsetDateTime.parse(joined).toInstant()
          : LocalDateTime.parse(joined).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException | NumberFormatException e) {
      throw new TypeConversionException(
          "'" + text + "' is not a time such as 2026-02-03 or 2026-02-03T04:05:06Z");
    }
  }
}
