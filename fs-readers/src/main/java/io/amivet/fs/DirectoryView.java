package io.amivet.fs;

import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file system as a process sees it that is chrooted into one of its directories: that directory
 * is the root, all else is the same.
 */
public final class DirectoryView implements FileSystemView {
  private final FileSystemView whole;
  private final long rootInodeNumber;

  /**
   * @param directory an inode of {@code whole}
   */
  public DirectoryView(FileSystemView whole, Inode directory) {
    this.whole = whole;
    this.rootInodeNumber = directory.number();
  }

  @Override
  public String type() {
    return whole.type();
  }

  @Override
  public String label() {
    return whole.label();
  }

  @Override
  public String uuid() {
    return whole.uuid();
  }

  @Override
  public int blockSizeBytes() {
    return whole.blockSizeBytes();
  }

  @Override
  public long sizeBytes() {
    return whole.sizeBytes();
  }

  @Override
  public List<String> notes() {
    return whole.notes();
  }

  @Override
  public JournalState journal() {
    return whole.journal();
  }

  @Override
  public Optional<String> staleReason() {
    return whole.staleReason();
  }

  @Override
  public BlockDevice volume() {
    return whole.volume();
  }

  @Override
  public long rootInodeNumber() {
    return rootInodeNumber;
  }

  @Override
  public long shownInodeNumber(long number) {
    return whole.shownInodeNumber(number);
  }

  @Override
  public Inode inode(long number) throws IOException {
    return whole.inode(number);
  }

  @Override
  public ByteRange inodeLocation(long number) {
    return whole.inodeLocation(number);
  }

  @Override
  public DirectoryListing directory(Inode directory) throws IOException {
    return whole.directory(directory);
  }

  @Override
  public FileContent content(Inode inode) throws IOException {
    return whole.content(inode);
  }

  @Override
  public byte[] symlinkTarget(Inode symlink) throws IOException {
    return whole.symlinkTarget(symlink);
  }

  @Override
  public Map<String, byte[]> extendedAttributes(Inode inode) throws IOException {
    return whole.extendedAttributes(inode);
  }

  @Override
  public List<ByteRange> freeRanges() throws IOException {
    return whole.freeRanges();
  }
}
