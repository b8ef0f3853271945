package io.amivet.xfs;

import io.amivet.fs.Extent;
import io.amivet.fs.FileType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Turns the block map of a file or directory into extents in bytes. */
final class FileExtents {
  private FileExtents() {}

  /**
   * The extents that hold contents: preallocation past the end of a file is left out, and of a
   * directory all behind its names.
   */
  static List<Extent> of(Metadata metadata, DiskInode disk) throws IOException {
    boolean directory = disk.inode().type() == FileType.DIRECTORY;
    long limit = directory ? DirectoryBlocks.LEAF_OFFSET_BYTES : disk.inode().sizeBytes();
    int blockLog = metadata.geometry.blockLog();
    List<Extent> extents = new ArrayList<>();
    List<Mapping> mappings =
        directory
            ? ForkMap.readWhatIsLeft(metadata, disk.data())
            : ForkMap.read(metadata, disk.data());
    if (!directory && mappings.size() != disk.data().extents()) {
      // The kernel refuses such a file: what is not mapped would pass for zeros.
      throw disk.data()
          .bytes()
          .corrupt(
              XfsFault.EXTENT_COUNT, 0, mappings.size() + " instead of " + disk.data().extents());
    }
    for (Mapping mapping : mappings) {
      long fileOffset = mapping.fileBlock() << blockLog;
      if (fileOffset >= limit) {
        break;
      }
      long length = mapping.blocks() << blockLog;
      if (!metadata.holds(mapping.volumeOffset(), length)) {
        throw disk.data().bytes().corrupt(XfsFault.VOLUME_TRUNCATED, 0, "extent past its end");
      }
      extents.add(new Extent(fileOffset, mapping.volumeOffset(), length, mapping.unwritten()));
    }
    return extents;
  }
}
