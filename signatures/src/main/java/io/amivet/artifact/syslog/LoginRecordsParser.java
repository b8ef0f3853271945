package io.amivet.artifact.syslog;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.Evidence;
import io.amivet.artifact.ImageView;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code wtmp}, {@code btmp} and {@code utmp} (utmp(5)) and {@code lastlog} (lastlog(8)): how many
 * logins they hold and from when. Names are not shown: people type passwords where btmp expects
 * names. Kind {@code login-records}.
 */
final class LoginRecordsParser implements ArtifactParser {
  /**
   * How one machine lays out a record.
   *
   * @param sizeBytes of a record
   * @param secondsOffset of its time
   * @param wideTime whether that takes 64 bits
   */
  private record Layout(int sizeBytes, int secondsOffset, boolean wideTime) {}

  /** glibc keeps 32-bit times on x86-64 for old programs; on arm64 there never were any. */
  private static final List<Layout> UTMP =
      List.of(new Layout(384, 340, false), new Layout(400, 344, true));

  private static final List<Layout> LASTLOG =
      List.of(new Layout(292, 0, false), new Layout(296, 0, true));

  private static final int MAX_TYPE = 9;
  private static final int EMPTY_TYPE = 0;

  @Override
  public String name() {
    return "login-records";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    String name = file.path().substring(file.path().lastIndexOf('/') + 1);
    boolean lastlog = name.startsWith("lastlog");
    for (Layout layout : lastlog ? LASTLOG : UTMP) {
      if (file.bytes().length % layout.sizeBytes() == 0 || file.truncated()) {
        Count count = count(file.bytes(), layout, lastlog);
        if (count.valid && count.records > 0) {
          return List.of(artifact(name, count));
        }
      }
    }
    return List.of();
  }

  private static final class Count {
    private int records;
    private long firstSeconds = Long.MAX_VALUE;
    private long lastSeconds;
    private boolean valid = true;
  }

  private static Count count(byte[] bytes, Layout layout, boolean lastlog) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    Count count = new Count();
    for (int at = 0; at + layout.sizeBytes() <= bytes.length; at += layout.sizeBytes()) {
      long seconds =
          layout.wideTime()
              ? buffer.getLong(at + layout.secondsOffset())
              : Integer.toUnsignedLong(buffer.getInt(at + layout.secondsOffset()));
      int type = lastlog ? (seconds == 0 ? EMPTY_TYPE : 1) : buffer.getShort(at);
      if (type < 0 || type > MAX_TYPE || seconds < 0 || seconds > 0xffff_ffffL) {
        count.valid = false;
        return count;
      }
      if (type != EMPTY_TYPE && seconds > 0) {
        count.records++;
        count.firstSeconds = Math.min(count.firstSeconds, seconds);
        count.lastSeconds = Math.max(count.lastSeconds, seconds);
      }
    }
    return count;
  }

  private static Artifact artifact(String name, Count count) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("records", Integer.toString(count.records));
    fields.put("first", day(count.firstSeconds));
    fields.put("last", day(count.lastSeconds));
    fields.put("failed", name.startsWith("btmp") ? "yes" : "no");
    Evidence evidence =
        Evidence.of(
            count.records
                + (count.records == 1 ? " record, " : " records, ")
                + day(count.firstSeconds)
                + " to "
                + day(count.lastSeconds));
    return new Artifact("login-records", 0, -1, evidence, fields, List.of());
  }

  private static String day(long epochSeconds) {
    return LocalDate.ofInstant(Instant.ofEpochSecond(epochSeconds), ZoneOffset.UTC).toString();
  }
}
