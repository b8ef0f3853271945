package io.amivet.erofs;

import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.fs.ContentReader;
import io.amivet.fs.DirectoryListing;
import io.amivet.fs.FileContent;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.FileType;
import io.amivet.fs.Inode;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One EROFS volume. */
final class ErofsFileSystem implements FileSystemView {
  private static final int MAX_TARGET_BYTES = 4095;

  private final Metadata metadata;
  private final Superblock superblock;
  private final ClusterContents clusters;
  private final AttributeReader attributes;
  private @Nullable FileContent packed;

  ErofsFileSystem(Metadata metadata) {
    this.metadata = metadata;
    this.superblock = metadata.superblock;
    this.clusters = new ClusterContents(metadata);
    this.attributes = new AttributeReader(metadata, this::packedContent);
  }

  @Override
  public String type() {
    return "erofs";
  }

  @Override
  public String label() {
    return superblock.label();
  }

  @Override
  public String uuid() {
    return superblock.uuid();
  }

  @Override
  public int blockSizeBytes() {
    return superblock.blockSizeBytes();
  }

  @Override
  public long sizeBytes() {
    return superblock.sizeBytes();
  }

  @Override
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (statedBytes() > metadata.volume.sizeBytes()) {
      notes.add("file system is cut short");
    }
    if (superblock.deviceCount() > 0) {
      notes.add("keeps contents on " + superblock.deviceCount() + " other devices, not read");
    }
    return notes;
  }

  private long statedBytes() {
    return superblock.blocks() << superblock.blockBits();
  }

  @Override
  public BlockDevice volume() {
    return metadata.volume;
  }

  @Override
  public long rootInodeNumber() {
    return superblock.rootNid();
  }

  @Override
  public Inode inode(long number) throws IOException {
    return DiskInode.read(metadata, number).inode();
  }

  @Override
  public ByteRange inodeLocation(long number) {
    long position = metadata.inodePosition(number);
    return position < 0 ? new ByteRange(0, 0) : new ByteRange(position, DiskInode.SLOT_BYTES);
  }

  @Override
  public DirectoryListing directory(Inode directory) throws IOException {
    DiskInode disk = DiskInode.read(metadata, directory.number());
    if (disk.inode().type() != FileType.DIRECTORY) {
      throw metadata.corrupt(ErofsFault.INODE_TYPE, disk.position(), "inode", "not a directory");
    }
    return DirectoryReader.read(metadata, content(disk), disk.position());
  }

  @Override
  public FileContent content(Inode inode) throws IOException {
    return switch (inode.type()) {
      case REGULAR, DIRECTORY, SYMLINK -> content(DiskInode.read(metadata, inode.number()));
      default -> new FileContent.Inline(new byte[0]);
    };
  }

  private FileContent content(DiskInode disk) throws IOException {
    return disk.layout().compressed()
        ? clusters.of(disk, this::packedContent)
        : PlainContents.of(metadata, disk);
  }

  /** Read once; damage is met again by each file that needs it. */
  private synchronized FileContent packedContent() throws IOException {
    if (packed == null) {
      if (superblock.packedNid() == 0) {
        throw metadata.corrupt(
            ErofsFault.FRAGMENT_RANGE, Superblock.OFFSET, "superblock", "no packed inode");
      }
      DiskInode disk = DiskInode.read(metadata, superblock.packedNid());
      packed =
          disk.layout().compressed()
              ? clusters.of(disk, this::packedInPacked)
              : PlainContents.of(metadata, disk);
    }
    return packed;
  }

  private FileContent packedInPacked() throws IOException {
    throw metadata.corrupt(
        ErofsFault.FRAGMENT_RANGE, Superblock.OFFSET, "packed inode", "is a fragment itself");
  }

  @Override
  public byte[] symlinkTarget(Inode symlink) throws IOException {
    DiskInode disk = DiskInode.read(metadata, symlink.number());
    long size = disk.inode().sizeBytes();
    if (disk.inode().type() != FileType.SYMLINK || size == 0 || size > MAX_TARGET_BYTES) {
      throw metadata.corrupt(ErofsFault.SYMLINK_LENGTH, disk.position(), "inode", size + " bytes");
    }
    byte[] target = new byte[(int) size];
    new ContentReader(metadata.volume, content(disk)).read(0, MemorySegment.ofArray(target));
    return target;
  }

  @Override
  public Map<String, byte[]> extendedAttributes(Inode inode) throws IOException {
    return attributes.read(DiskInode.read(metadata, inode.number()));
  }

  /** Nothing is ever freed; only what lies behind the file system is not used by it. */
  @Override
  public List<ByteRange> freeRanges() {
    long end = statedBytes();
    long size = metadata.volume.sizeBytes();
    return end > 0 && end < size ? List.of(new ByteRange(end, size - end)) : List.of();
  }

  @Override
  public String toString() {
    return "erofs on " + metadata.volume;
  }
}
