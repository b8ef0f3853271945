package io.amivet.squashfs;

import io.amivet.block.StructView;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * A table of fixed-size records in metadata blocks that an index of 64-bit positions leads to: ids,
 * fragments, attributes.
 */
final class LookupTable {
  private final Metadata metadata;
  private final long index;
  private final int recordBytes;
  private final long count;

  LookupTable(Metadata metadata, long index, int recordBytes, long count) {
    this.metadata = metadata;
    this.index = index;
    this.recordBytes = recordBytes;
    this.count = count;
  }

  /** One record; a number that the table does not hold is the given fault. */
  StructView record(String name, long number, SquashfsFault fault) throws IOException {
    if (index < 0 || number < 0 || number >= count) {
      throw metadata.corrupt(fault, Math.max(index, 0), name, number + " of " + count);
    }
    long offset = number * recordBytes;
    long slot = index + offset / Metadata.BLOCK_BYTES * 8;
    byte[] pointer = metadata.read(slot, 8, fault);
    long position =
        new StructView(metadata.volume, name, slot, MemorySegment.ofArray(pointer)).u64le(0);
    int inBlock = (int) (offset % Metadata.BLOCK_BYTES);
    return new MetadataCursor(metadata, position, inBlock).struct(name, recordBytes);
  }
}
