package io.amivet.inside.journal;

import io.amivet.compress.DecodeException;
import io.amivet.inside.InsideFile;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The data objects of a journal, by reading from the first byte to the last: neither hash tables
 * nor entry arrays are needed, and what no entry refers to any more is there too. Where no object
 * stands, the next is sought in steps of eight bytes, to which all are aligned.
 */
final class DataObjects {
  /** Of a compressed payload, and of what comes out of it. */
  private static final int MAX_PAYLOAD_BYTES = 8 << 20;

  private static final int FIRST_ROOM_BYTES = 64 << 10;

  private final InsideFile file;
  private final InputStream in;
  private final JournalHeader header;
  private @Nullable BoundedPayload open;
  private int openPadding;
  private boolean memoryTaken;
  private long undecoded;
  private long strayBytes;
  private boolean cut;

  DataObjects(InsideFile file) throws IOException {
    this.file = file;
    this.in = file.stream();
    this.header = JournalHeader.read(in);
  }

  JournalHeader header() {
    return header;
  }

  /** Payloads that could not be decompressed. */
  long undecoded() {
    return undecoded;
  }

  /** Bytes, other than zeros, between objects. */
  long strayBytes() {
    return strayBytes;
  }

  /** Whether the file ends within an object. */
  boolean isCut() {
    return cut;
  }

  /** The next payload, {@code FIELD=value}, to be read before the next call; null at the end. */
  @Nullable InputStream next() throws IOException {
    if (cut) {
      return null;
    }
    try {
      return nextObject();
    } catch (EOFException e) {
      cut = true;
      return null;
    }
  }

  private @Nullable InputStream nextObject() throws IOException {
    if (open != null) {
      if (open.isCut()) {
        throw new EOFException("journal object");
      }
      in.skipNBytes(open.left());
      skipPadding(openPadding);
      open = null;
    }
    byte[] word = in.readNBytes(Long.BYTES);
    while (word.length == Long.BYTES) {
      long first = word(word);
      if (first == 0) {
        word = in.readNBytes(Long.BYTES);
        continue;
      }
      byte[] size = in.readNBytes(Long.BYTES);
      Optional<ObjectHeader> found =
          size.length == Long.BYTES ? ObjectHeader.of(first, word(size)) : Optional.empty();
      if (found.isEmpty()) {
        strayBytes += Long.BYTES;
        word = size;
        continue;
      }
      InputStream payload = payload(found.get());
      if (payload != null) {
        return payload;
      }
      word = in.readNBytes(Long.BYTES);
    }
    strayBytes += word.length;
    return null;
  }

  /** Reads to the payload of an object, or past the object if there is none to show. */
  private @Nullable InputStream payload(ObjectHeader object) throws IOException {
    boolean compact = header.isCompact();
    if (!object.isData(compact)) {
      in.skipNBytes(object.sizeBytes() - ObjectHeader.SIZE_BYTES);
      skipPadding(object.paddingBytes());
      return null;
    }
    in.skipNBytes(ObjectHeader.payloadAt(compact) - ObjectHeader.SIZE_BYTES);
    long length = object.sizeBytes() - ObjectHeader.payloadAt(compact);
    if (!object.isCompressed()) {
      open = new BoundedPayload(in, length);
      openPadding = object.paddingBytes();
      return open;
    }
    byte[] contents = decompressed(object, length);
    skipPadding(object.paddingBytes());
    return contents == null ? null : new ByteArrayInputStream(contents);
  }

  private byte @Nullable [] decompressed(ObjectHeader object, long length) throws IOException {
    if (length > MAX_PAYLOAD_BYTES) {
      undecoded++;
      in.skipNBytes(length);
      return null;
    }
    takeMemory(length);
    byte[] packed = in.readNBytes((int) length);
    if (packed.length < length) {
      throw new EOFException("journal object");
    }
    try {
      return decompress(object, packed);
    } catch (DecodeException damaged) {
      undecoded++;
      return null;
    }
  }

  /** Doubles the room until all fits: not every method says beforehand how much there is. */
  private byte[] decompress(ObjectHeader object, byte[] packed) throws IOException {
    int from = Math.min(object.blockAt(), packed.length);
    for (int room = FIRST_ROOM_BYTES; ; room *= 2) {
      takeMemory(room);
      byte[] contents = new byte[room];
      int made = object.codec().decode(packed, from, packed.length - from, contents, 0, room);
      if (made < room) {
        return Arrays.copyOf(contents, made);
      }
      if (room >= MAX_PAYLOAD_BYTES) {
        // The start of it counts.
        undecoded++;
        return contents;
      }
    }
  }

  /** Small fields, which is nearly all of them, are not worth waiting for one's turn. */
  private void takeMemory(long bytes) throws IOException {
    if (!memoryTaken && bytes > FIRST_ROOM_BYTES) {
      memoryTaken = true;
      file.useMemory(4L * MAX_PAYLOAD_BYTES);
    }
  }

  /** The last object of a file that was cut may lack it. */
  private void skipPadding(int bytes) throws IOException {
    in.readNBytes(bytes);
  }

  private static long word(byte[] bytes) {
    long word = 0;
    for (int i = Long.BYTES - 1; i >= 0; i--) {
      word = word << 8 | (bytes[i] & 0xff);
    }
    return word;
  }
}
