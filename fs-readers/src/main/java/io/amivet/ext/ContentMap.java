package io.amivet.ext;

import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import io.amivet.fs.Extent;
import io.amivet.fs.FileContent;
import io.amivet.fs.FileType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the contents of an inode lie: in the inode, in an extent tree or in indirect blocks. */
final class ContentMap {
  private final Blocks blocks;
  private final AttributeReader attributes;

  ContentMap(Blocks blocks, AttributeReader attributes) {
    this.blocks = blocks;
    this.attributes = attributes;
  }

  /**
   * Contents, and whether all of their map could be read.
   *
   * @param whole false if damaged branches were left out
   */
  record Salvaged(FileContent content, boolean whole) {}

  FileContent of(DiskInode inode) throws IOException {
    return switch (inode.type()) {
      case SYMLINK -> isFastSymlink(inode) ? fastSymlink(inode) : stored(inode);
      case REGULAR -> stored(inode);
      case DIRECTORY -> directory(inode).content();
      default -> new FileContent.Inline(new byte[0]);
    };
  }

  private FileContent stored(DiskInode inode) throws IOException {
    if (inode.hasInlineData()) {
      return inline(inode);
    }
    BlockMap map = mapped(inode, false);
    FileContent.Mapped content = new FileContent.Mapped(inode.sizeBytes(), map.finish());
    CorruptImageException damage = map.damage();
    if (damage == null || map.lost().isEmpty()) {
      return content;
    }
    if (content.extents().isEmpty()) {
      throw damage;
    }
    return DamagedContent.of(blocks.volume(), content, map.lost(), damage);
  }

  /** What is left of a damaged directory is its content; half a file would pass for a whole one. */
  Salvaged directory(DiskInode inode) throws IOException {
    if (inode.hasInlineData()) {
      return new Salvaged(inline(inode), true);
    }
    BlockMap map = mapped(inode, true);
    return new Salvaged(
        new FileContent.Mapped(inode.sizeBytes(), map.finish()), map.damage() == null);
  }

  /**
   * Whether the target is in the inode. Decided like {@code ext4_inode_is_fast_symlink}: not by its
   * length, but by the inode owning no block apart from the attributes'.
   */
  private boolean isFastSymlink(DiskInode inode) {
    if (inode.hasInlineData()) {
      return false;
    }
    if (blocks.superblock().has(Feature.EA_INODE)) {
      return inode.sizeBytes() > 0 && inode.sizeBytes() < DiskInode.BLOCK_BYTES;
    }
    Geometry geometry = blocks.superblock().geometry();
    long clusterSectors = geometry.blocksPerCluster() * geometry.blockSizeBytes() / 512;
    return inode.sectors() - (inode.attributeBlock() == 0 ? 0 : clusterSectors) == 0;
  }

  private static FileContent fastSymlink(DiskInode inode) throws IOException {
    if (inode.sizeBytes() > DiskInode.BLOCK_BYTES) {
      throw inode
          .struct()
          .corrupt(ExtFault.SYMLINK_SIZE, 0x4, inode.sizeBytes() + " bytes in the inode");
    }
    return new FileContent.Inline(Arrays.copyOf(inode.blockArea(), (int) inode.sizeBytes()));
  }

  private FileContent inline(DiskInode inode) throws IOException {
    StructView behind = attributes.inlineData(inode);
    if (inode.sizeBytes() > DiskInode.BLOCK_BYTES + inode.struct().sizeBytes()) {
      return inlineWithHole(inode, behind);
    }
    byte[] bytes = Arrays.copyOf(inode.blockArea(), (int) inode.sizeBytes());
    if (behind != null && bytes.length > DiskInode.BLOCK_BYTES) {
      int length = Math.min(behind.sizeBytes(), bytes.length - DiskInode.BLOCK_BYTES);
      System.arraycopy(behind.bytes(0, length), 0, bytes, DiskInode.BLOCK_BYTES, length);
    }
    return new FileContent.Inline(bytes);
  }

  /** A file that mke2fs copied as nothing but a hole: the kernel fills up with zeros. */
  private static FileContent inlineWithHole(DiskInode inode, @Nullable StructView behind)
      throws IOException {
    if (inode.type() != FileType.REGULAR) {
      throw inode
          .struct()
          .corrupt(ExtFault.INLINE_SIZE, 0x4, inode.sizeBytes() + " bytes in the inode");
    }
    List<Extent> pieces = new ArrayList<>();
    long inInode = inode.struct().offset() + DiskInode.BLOCK_AT;
    pieces.add(new Extent(0, inInode, DiskInode.BLOCK_BYTES, false));
    if (behind != null && behind.sizeBytes() > 0) {
      pieces.add(new Extent(DiskInode.BLOCK_BYTES, behind.offset(), behind.sizeBytes(), false));
    }
    return new FileContent.Mapped(inode.sizeBytes(), pieces);
  }

  private BlockMap mapped(DiskInode inode, boolean recordDamage) throws IOException {
    BlockMap map = new BlockMap(blocks, inode.sizeBytes(), recordDamage);
    if (inode.hasExtents()) {
      ExtentTree.read(blocks, inode, map);
    } else {
      IndirectMap.read(blocks, inode, map);
    }
    return map;
  }
}
