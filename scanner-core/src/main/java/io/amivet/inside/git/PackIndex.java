package io.amivet.inside.git;

import io.amivet.block.BlockDevice;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.DataFormatException;

/**
 * Finds the objects of a pack by going through it once: an entry does not say where it ends, so
 * each is inflated, and its stated size verified.
 */
final class PackIndex {
  private static final int HEADER_BYTES = 12;
  private static final int SIGNATURE = 0x5041434b; // PACK
  private static final int OFFSET_DELTA = 6;
  private static final int REFERENCE_DELTA = 7;

  private final BlockDevice pack;
  private final ObjectFormat format;
  private final WorkBudget budget;
  private final PackEntries entries = new PackEntries();
  private final Losses losses = new Losses();
  private final byte[] scratch = new byte[32 << 10];
  private long endOffset;

  private PackIndex(BlockDevice pack, ObjectFormat format) {
    this.pack = pack;
    this.format = format;
    this.budget = new WorkBudget(PackLimits.workBytes(pack.sizeBytes()));
  }

  /** Whether a file that starts with these bytes is a pack of a version that is known. */
  static boolean recognises(byte[] head) {
    return head.length >= HEADER_BYTES
        && u32be(head, 0) == SIGNATURE
        && (u32be(head, 4) == 2 || u32be(head, 4) == 3);
  }

  /**
   * Goes through a pack. Which hash names its objects shows in the length of what follows the last
   * one.
   */
  static PackIndex of(BlockDevice pack) throws IOException {
    PackIndex index = new PackIndex(pack, ObjectFormat.SHA1);
    index.run();
    if (index.endsAsItShould()) {
      return index;
    }
    PackIndex other = new PackIndex(pack, ObjectFormat.SHA256);
    other.run();
    return other.endsAsItShould() ? other : index;
  }

  private boolean endsAsItShould() {
    return losses.isEmpty() && endOffset + format.idBytes() == pack.sizeBytes();
  }

  PackEntries entries() {
    return entries;
  }

  ObjectFormat format() {
    return format;
  }

  Losses losses() {
    return losses;
  }

  /** Where the compressed bytes of an entry end, at the latest. */
  long endOf(int entry) {
    return entry + 1 < entries.count() ? entries.offset(entry + 1) : endOffset;
  }

  private void run() throws IOException {
    try (PackCursor cursor = new PackCursor(pack)) {
      byte[] head = cursor.bytes(HEADER_BYTES);
      long stated = u32be(head, 8) & 0xffff_ffffL;
      long limit = Math.min(stated, PackLimits.MAX_ENTRIES);
      losses.add(Loss.TOO_MANY, stated - limit);
      try {
        while (entries.count() < limit) {
          entry(cursor);
          endOffset = cursor.position();
          if (budget.spent()) {
            losses.add(Loss.TOO_MUCH_WORK, limit - entries.count());
            return;
          }
        }
      } catch (EOFException | DataFormatException e) {
        losses.add(Loss.CUT_SHORT, limit - entries.count());
        endOffset = Math.max(endOffset, cursor.position());
      }
    }
  }

  private void entry(PackCursor cursor) throws IOException, DataFormatException {
    long offset = cursor.position();
    EntryHeader header = EntryHeader.read(cursor, format);
    long work = header.sizeBytes() + EntryHeader.WORK_BYTES;
    if (!budget.take(work)) {
      return;
    }
    cursor.inflatePast(header.sizeBytes(), scratch);
    switch (header.typeNumber()) {
      case OFFSET_DELTA -> {
        int base = entries.at(offset - header.baseDistance());
        if (base == PackEntries.NONE) {
          entries.addUnreadable(offset);
        } else {
          entries.addDelta(base, offset, header.sizeBytes());
        }
      }
      case REFERENCE_DELTA -> entries.addDelta(header.base(), offset, header.sizeBytes());
      default -> {
        Optional<ObjectType> type = ObjectType.ofNumber(header.typeNumber());
        if (type.isEmpty()) {
          throw new DataFormatException("unknown type");
        }
        entries.addWhole(type.get(), offset, header.sizeBytes());
      }
    }
  }

  private static int u32be(byte[] bytes, int at) {
    return ByteBuffer.wrap(bytes).getInt(at);
  }

  /**
   * What precedes the zlib stream of an entry.
   *
   * @param sizeBytes of what the stream holds
   * @param baseDistance how far before this entry its base starts; 0 if it has none
   * @param base the id of the base; of zeros if it has none
   */
  record EntryHeader(int typeNumber, long sizeBytes, long baseDistance, ObjectId base) {
    /** What dealing with any entry costs, in terms of bytes made. */
    static final int WORK_BYTES = 256;

    private static final ObjectId NO_BASE = new ObjectId(new byte[ObjectFormat.SHA1.idBytes()]);

    static EntryHeader read(PackCursor cursor, ObjectFormat format)
        throws IOException, DataFormatException {
      int octet = cursor.u8();
      int type = (octet >> 4) & 7;
      long size = octet & 0xf;
      for (int shift = 4; (octet & 0x80) != 0; shift += 7) {
        if (shift > 53) {
          throw new DataFormatException("size without end");
        }
        octet = cursor.u8();
        size |= (long) (octet & 0x7f) << shift;
      }
      return switch (type) {
        case OFFSET_DELTA -> new EntryHeader(type, size, distance(cursor), NO_BASE);
        case REFERENCE_DELTA ->
            new EntryHeader(type, size, 0, new ObjectId(cursor.bytes(format.idBytes())));
        default -> new EntryHeader(type, size, 0, NO_BASE);
      };
    }

    /** Seven bits a byte, the highest first, plus one for each further byte. */
    private static long distance(PackCursor cursor) throws IOException, DataFormatException {
      int octet = cursor.u8();
      long distance = octet & 0x7f;
      for (int i = 0; (octet & 0x80) != 0; i++) {
        if (i == 7) {
          throw new DataFormatException("distance without end");
        }
        octet = cursor.u8();
        distance = ((distance + 1) << 7) | (octet & 0x7f);
      }
      return distance;
    }
  }
}
