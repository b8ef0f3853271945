package io.amivet.squashfs;

import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Reads structures one after another from metadata blocks, from one block into the next. */
final class MetadataCursor {
  private final Metadata metadata;
  private long position;
  private int offset;

  /**
   * @param position where the first metadata block starts on the volume
   * @param offset first byte in what it decodes to
   */
  MetadataCursor(Metadata metadata, long position, int offset) {
    this.metadata = metadata;
    this.position = position;
    this.offset = offset;
  }

  byte[] bytes(int count) throws IOException {
    byte[] out = new byte[count];
    int done = 0;
    while (done < count) {
      byte[] block = metadata.block(position);
      if (offset < block.length) {
        int piece = Math.min(count - done, block.length - offset);
        System.arraycopy(block, offset, out, done, piece);
        offset += piece;
        done += piece;
      } else {
        // Only the last block of a table is shorter; so every step makes real progress.
        if (offset != block.length || block.length < Metadata.BLOCK_BYTES) {
          throw corrupt(SquashfsFault.METADATA_RANGE, "metadata block", "read past its end");
        }
        position += metadata.storedBytes(position);
        offset = 0;
      }
    }
    return out;
  }

  StructView struct(String name, int sizeBytes) throws IOException {
    long start = position;
    return new StructView(metadata.volume, name, start, MemorySegment.ofArray(bytes(sizeBytes)));
  }

  int u32le() throws IOException {
    byte[] raw = bytes(4);
    return (raw[0] & 0xff)
        | ((raw[1] & 0xff) << 8)
        | ((raw[2] & 0xff) << 16)
        | ((raw[3] & 0xff) << 24);
  }

  /** The exception for what was just read. */
  CorruptImageException corrupt(SquashfsFault fault, String struct, String detail) {
    return metadata.corrupt(fault, position, struct, detail);
  }
}
