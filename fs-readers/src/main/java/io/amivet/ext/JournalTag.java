package io.amivet.ext;

import io.amivet.block.StructView;
import java.util.ArrayList;
import java.util.List;

/**
 * One entry of a descriptor block: the data block that follows it in the journal belongs to this
 * block of the file system ({@code journal_block_tag_t} and {@code journal_block_tag3_t}).
 *
 * @param fsBlock as stated, not yet checked; negative if it has more than 63 bits
 * @param escaped the data began with the journal's magic, which was replaced by zeros
 * @param checksum of the data block, 16 bits with version 2
 * @param at where in the descriptor block the tag stands
 */
record JournalTag(long fsBlock, boolean escaped, int checksum, int at) {
  private static final int HEADER_BYTES = 12;
  private static final int UUID_BYTES = 16;
  private static final int ESCAPE_FLAG = 1;
  private static final int SAME_UUID_FLAG = 2;
  private static final int LAST_TAG_FLAG = 8;

  /** The tags of a descriptor block; a list that does not say it ends ends with the block. */
  static List<JournalTag> of(StructView descriptor, JournalSuperblock journal) {
    int tagBytes = sizeBytes(journal);
    int end =
        descriptor.sizeBytes() - (journal.checksums().perBlock() ? JournalChecksum.TAIL_BYTES : 0);
    List<JournalTag> tags = new ArrayList<>();
    int at = HEADER_BYTES;
    while (at + tagBytes <= end) {
      // Version 3 has 32 bits of flags here, of which the lower half lies where the others' does.
      int t_flags = descriptor.u16be(at + 0x6);
      tags.add(parse(descriptor, at, t_flags, journal));
      if ((t_flags & LAST_TAG_FLAG) != 0) {
        break;
      }
      at += tagBytes + ((t_flags & SAME_UUID_FLAG) != 0 ? 0 : UUID_BYTES);
    }
    return tags;
  }

  /** {@code journal_tag_bytes}, which gives version 2 two bytes that nothing uses. */
  private static int sizeBytes(JournalSuperblock journal) {
    if (journal.checksums() == JournalSuperblock.Checksums.V3) {
      return 16;
    }
    int unused = journal.checksums() == JournalSuperblock.Checksums.V2 ? 2 : 0;
    return (journal.wideNumbers() ? 12 : 8) + unused;
  }

  private static JournalTag parse(
      StructView descriptor, int at, int flags, JournalSuperblock journal) {
    long t_blocknr = descriptor.u32be(at);
    long t_blocknr_high = journal.wideNumbers() ? descriptor.u32be(at + 0x8) : 0;
    int checksum =
        switch (journal.checksums()) {
          case V2 -> descriptor.u16be(at + 0x4);
          case V3 -> descriptor.i32be(at + 0xc);
          case NONE, WHOLE_TRANSACTION -> 0;
        };
    return new JournalTag(
        (t_blocknr_high << 32) | t_blocknr, (flags & ESCAPE_FLAG) != 0, checksum, at);
  }
}
