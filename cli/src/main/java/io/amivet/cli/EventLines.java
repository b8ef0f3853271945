package io.amivet.cli;

import io.amivet.fs.FileEntry;
import io.amivet.fs.Inode;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object for each file and each of its different times, sorted by time. What an object
 * says of its file waits in a temporary file, so that memory holds the times alone.
 */
final class EventLines implements TimelineWriter, Closeable {
  private static final int BUFFER_BYTES = 64 << 10;

  /** As in {@code mactime}: modified, accessed, changed, born. */
  private static final String KINDS = "macb";

  private final OutputStream out;
  private final TimeSpan span;
  private final FileChannel file;
  private final OutputStream details;
  private final List<Event> events = new ArrayList<>();
  private final LineBuffer text = new LineBuffer();
  private final TimeText times = new TimeText();
  private long written;

  /**
   * @param folder a private one, for the temporary file
   */
  EventLines(OutputStream out, TimeSpan span, Path folder) throws IOException {
    this.out = out;
    this.span = span;
    this.file =
        FileChannel.open(
            folder.resolve("timeline"),
            Set.of(
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE));
    this.details = new BufferedOutputStream(Channels.newOutputStream(file), BUFFER_BYTES);
  }

  /**
   * @param kinds bits in the order of {@link #KINDS}
   * @param at where the rest of the line is in the temporary file
   */
  private record Event(long second, int nano, byte kinds, long at, int length) {}

  @Override
  public void entry(int volume, FileEntry entry, byte[] target) throws IOException {
    Inode inode = entry.inode();
    @Nullable Instant[] all = {
      inode.modified(), inode.accessed(), inode.changed(), inode.created()
    };
    int length = -1;
    for (int i = 0; i < all.length; i++) {
      Instant time = all[i];
      if (time != null && span.holds(time) && isFirst(all, i)) {
        if (length < 0) {
          length = writeDetails(volume, entry, target);
        }
        events.add(
            new Event(time.getEpochSecond(), time.getNano(), kinds(all, time), written, length));
      }
    }
    written += Math.max(length, 0);
  }

  private static boolean isFirst(@Nullable Instant[] all, int index) {
    for (int i = 0; i < index; i++) {
      if (Objects.equals(all[index], all[i])) {
        return false;
      }
    }
    return true;
  }

  /** Which of the times are this one. */
  private static byte kinds(@Nullable Instant[] all, Instant time) {
    int kinds = 0;
    for (int i = 0; i < all.length; i++) {
      if (time.equals(all[i])) {
        kinds |= 1 << i;
      }
    }
    return (byte) kinds;
  }

  private int writeDetails(int volume, FileEntry entry, byte[] target) throws IOException {
    Inode inode = entry.inode();
    text.utf8("\",\"volume\":").number(volume);
    JsonListing.appendPath(text, entry.path());
    text.utf8(",\"type\":\"").utf8(inode.type().label());
    text.utf8("\",\"size\":").number(inode.sizeBytes());
    text.utf8(",\"mode\":\"").octal(inode.mode());
    text.utf8("\",\"uid\":").number(inode.uid()).utf8(",\"gid\":").number(inode.gid());
    text.utf8(",\"inode\":").number(inode.number());
    if (target.length > 0) {
      text.utf8(",\"target\":");
      JsonText.string(text, target);
    }
    text.add('}').add('\n');
    int length = text.length();
    text.writeTo(details);
    return length;
  }

  @Override
  public void finish() throws IOException {
    details.flush();
    events.sort(
        Comparator.comparingLong(Event::second)
            .thenComparingInt(Event::nano)
            .thenComparingLong(Event::at));
    for (Event event : events) {
      text.utf8("{\"time\":\"");
      times.nanoseconds(text, Instant.ofEpochSecond(event.second(), event.nano()));
      text.utf8("\",\"kinds\":\"");
      for (int i = 0; i < KINDS.length(); i++) {
        text.add((event.kinds() >> i & 1) == 0 ? '.' : KINDS.charAt(i));
      }
      text.add(read(event)).writeTo(out);
    }
    out.flush();
  }

  private byte[] read(Event event) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(event.length());
    while (buffer.hasRemaining()) {
      if (file.read(buffer, event.at() + buffer.position()) < 0) {
        throw new EOFException("the temporary file of the timeline was cut short");
      }
    }
    return buffer.array();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
