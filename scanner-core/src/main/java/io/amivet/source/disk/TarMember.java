package io.amivet.source.disk;

import io.amivet.block.Ascending;
import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.block.SliceDevice;
import java.io.IOException;
import java.util.List;

/**
 * A regular file in a tar archive.
 *
 * @param data where its bytes are in the archive
 * @param pieces for a sparse file where they go, ascending; empty for any other
 * @param sizeBytes of the file, holes included
 */
record TarMember(
    String name, ByteRange data, List<ByteRange> pieces, boolean sparse, long sizeBytes) {

  TarMember {
    pieces = List.copyOf(pieces);
  }

  /** The contents, read in place. */
  BlockDevice open(BlockDevice archive) throws IOException {
    String title = name + " in " + archive;
    return sparse
        ? new VirtualDisk(title, new SparseMap(archive, this))
        : new SliceDevice(archive, data, name);
  }

  /** A sparse file: its pieces lie one behind the other in the archive. */
  private static final class SparseMap implements DiskMap {
    private final BlockDevice archive;
    private final TarMember member;
    private final long[] starts;

    SparseMap(BlockDevice archive, TarMember member) {
      this.archive = archive;
      this.member = member;
      this.starts = new long[member.pieces.size()];
      long at = member.data.offset();
      for (int i = 0; i < starts.length; i++) {
        starts[i] = at;
        at += member.pieces.get(i).length();
      }
    }

    @Override
    public long sizeBytes() {
      return member.sizeBytes;
    }

    @Override
    public Run runAt(long offset) throws IOException {
      int index = Ascending.firstEndingAfter(member.pieces, ByteRange::end, offset);
      if (index == starts.length) {
        return new Run.Zeros(member.sizeBytes - offset);
      }
      ByteRange piece = member.pieces.get(index);
      return offset < piece.offset()
          ? new Run.Zeros(piece.offset() - offset)
          : StoredRuns.at(
              archive,
              starts[index] + (offset - piece.offset()),
              piece.end() - offset,
              "sparse member");
    }
  }
}
