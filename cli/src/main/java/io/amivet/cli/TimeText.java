package io.amivet.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times in UTC. Neighbours in a listing share their day, which is therefore kept. */
final class TimeText {
  private static final int SECONDS_A_DAY = 86_400;
  private static final int MAX_YEAR = 9999;
  private static final DateTimeFormatter ANY_YEAR =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private long day = Long.MIN_VALUE;
  private LocalDate date = LocalDate.EPOCH;

  /** A time with nanoseconds: {@code 2024-02-03T04:05:06.000000789Z}. */
  static String nanoseconds(Instant time) {
    LineBuffer text = new LineBuffer();
    new TimeText().nanoseconds(text, time);
    return text.toString();
  }

  @SuppressWarnings("JavaInstantGetSecondsGetNano") // the seconds are written before
  void nanoseconds(LineBuffer text, Instant time) {
    if (!seconds(text, time, 'T')) {
      text.utf8(ANY_YEAR.format(time));
      return;
    }
    text.add('.').zeroPadded(time.getNano(), 9).add('Z');
  }

  /** A time to the second: {@code 2024-02-03 04:05:06}. */
  void seconds(LineBuffer text, Instant time) {
    if (!seconds(text, time, ' ')) {
      text.utf8(ANY_YEAR.format(time));
    }
  }

  /** False, and nothing written, if the year has no four digits. */
  private boolean seconds(LineBuffer text, Instant time, char separator) {
    long second = time.getEpochSecond();
    long thisDay = Math.floorDiv(second, SECONDS_A_DAY);
    if (thisDay != day) {
      date = LocalDate.ofEpochDay(thisDay);
      day = thisDay;
    }
    if (date.getYear() < 0 || date.getYear() > MAX_YEAR) {
      return false;
    }
    int ofDay = (int) (second - thisDay * SECONDS_A_DAY);
    text.zeroPadded(date.getYear(), 4).add('-').zeroPadded(date.getMonthValue(), 2).add('-');
    text.zeroPadded(date.getDayOfMonth(), 2).add(separator);
    text.zeroPadded(ofDay / 3600, 2).add(':').zeroPadded(ofDay / 60 % 60, 2).add(':');
    text.zeroPadded(ofDay % 60, 2);
    return true;
  }
}
