package io.amivet.xfs;

import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import io.amivet.block.UnsupportedFeatureException;
import io.amivet.fs.DirectoryListing;
import io.amivet.fs.FileContent;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.FileType;
import io.amivet.fs.Inode;
import io.amivet.fs.JournalState;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One XFS volume, as it is on disk or with its log replayed in memory. */
final class XfsFileSystem implements FileSystemView {
  private final Metadata metadata;
  private final Superblock superblock;
  private final Geometry geometry;
  private final LogOutcome log;
  private final List<String> notes;

  XfsFileSystem(LogOutcome log) {
    this.metadata = log.metadata();
    this.superblock = metadata.superblock;
    this.geometry = metadata.geometry;
    this.log = log;
    this.notes = VolumeNotes.collect(log);
  }

  @Override
  public String type() {
    return "xfs";
  }

  @Override
  public String label() {
    return superblock.label();
  }

  @Override
  public String uuid() {
    return superblock.uuid().toString();
  }

  @Override
  public int blockSizeBytes() {
    return geometry.blockSizeBytes();
  }

  @Override
  public long sizeBytes() {
    return geometry.sizeBytes();
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  @Override
  public JournalState journal() {
    return log.state();
  }

  @Override
  public Optional<String> staleReason() {
    return log.staleReason();
  }

  @Override
  public BlockDevice volume() {
    return metadata.volume;
  }

  @Override
  public long rootInodeNumber() {
    return superblock.rootInode();
  }

  @Override
  public Inode inode(long number) throws IOException {
    DiskInode found = diskInode(number);
    if (superblock.selfDescribing()) {
      verify(found.core(), number);
    }
    return found.inode();
  }

  private void verify(StructView di, long number) {
    metadata.verify(di, DiskInode.SELF_DESCRIPTION, number);
    long di_ino = di.u64be(DiskInode.SELF_NUMBER_OFFSET);
    if (di_ino != number) {
      String detail = Long.toUnsignedString(di_ino) + " instead of " + number;
      metadata.anomalies.add(di.anomaly(XfsFault.INODE_SELF, DiskInode.SELF_NUMBER_OFFSET, detail));
    }
  }

  private DiskInode diskInode(long number) throws IOException {
    long offset = geometry.inodeOffset(number);
    if (offset < 0) {
      throw new CorruptImageException(
          XfsFault.INODE_NUMBER, -1, "xfs_dinode", Long.toUnsignedString(number));
    }
    StructView di =
        metadata.at("xfs_dinode", offset, geometry.inodeSizeBytes(), XfsFault.INODE_NUMBER);
    return DiskInode.parse(di, number, superblock.selfDescribing());
  }

  @Override
  public ByteRange inodeLocation(long number) {
    long offset = geometry.inodeOffset(number);
    return offset < 0 ? new ByteRange(0, 0) : new ByteRange(offset, geometry.inodeSizeBytes());
  }

  @Override
  public DirectoryListing directory(Inode directory) throws IOException {
    DiskInode disk = diskInode(directory.number());
    if (disk.inode().type() != FileType.DIRECTORY) {
      throw disk.core().corrupt(XfsFault.INODE_TYPE, 0x02, "not a directory");
    }
    EntryCollector names = new EntryCollector(metadata);
    if (disk.data().mapped()) {
      DirectoryBlocks.read(metadata, disk, names);
    } else {
      ShortFormDirectory.read(localBytes(disk), superblock.hasFileType(), names);
    }
    return names.listing();
  }

  /** The contents of a fork in local format; {@code di_size} says how many of its bytes. */
  private static StructView localBytes(DiskInode disk) throws CorruptImageException {
    StructView fork = disk.data().bytes();
    long size = disk.inode().sizeBytes();
    if (size > fork.sizeBytes()) {
      throw disk.core().corrupt(XfsFault.INODE_SIZE, 0x38, size + " bytes inside the inode");
    }
    return fork.slice(fork.name(), 0, (int) size);
  }

  @Override
  public FileContent content(Inode inode) throws IOException {
    DiskInode disk = diskInode(inode.number());
    FileType type = disk.inode().type();
    if (type == FileType.SYMLINK) {
      return new FileContent.Inline(SymbolicLink.target(metadata, disk));
    }
    if (disk.realtime() && type == FileType.REGULAR) {
      throw new UnsupportedFeatureException(
          "xfs inode " + inode.number(), List.of("realtime device"));
    }
    if (disk.data().mapped()) {
      return new FileContent.Mapped(disk.inode().sizeBytes(), FileExtents.of(metadata, disk));
    }
    return new FileContent.Inline(
        type == FileType.DIRECTORY ? bytes(localBytes(disk)) : new byte[0]);
  }

  private static byte[] bytes(StructView struct) {
    return struct.bytes(0, struct.sizeBytes());
  }

  @Override
  public byte[] symlinkTarget(Inode symlink) throws IOException {
    return SymbolicLink.target(metadata, diskInode(symlink.number()));
  }

  @Override
  public Map<String, byte[]> extendedAttributes(Inode inode) throws IOException {
    AttributeCollector attributes = new AttributeCollector();
    Fork fork = diskInode(inode.number()).attributes();
    if (fork == null) {
      return Map.of();
    }
    if (fork.mapped()) {
      AttributeBlocks.read(metadata, fork, attributes);
    } else {
      ShortFormAttributes.read(fork.bytes(), attributes);
    }
    return attributes.attributes();
  }

  @Override
  public List<ByteRange> freeRanges() throws IOException {
    return FreeSpace.read(metadata);
  }

  @Override
  public String toString() {
    return "xfs on " + metadata.volume;
  }
}
