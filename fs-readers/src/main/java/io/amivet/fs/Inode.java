package io.amivet.fs;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an inode says of itself, the same for every format. A value: it holds no reference to the
 * image, and its contents are asked of the {@link FileSystemView} it came from.
 *
 * <p>Written out instead of a record, because a scan keeps one for each of a million files: times
 * are held as numbers and become an {@link Instant} when asked for, which nearly halves the size.
 */
public final class Inode {
  /** Marks a birth time that the format does not keep; no valid count of nanoseconds. */
  private static final int NO_TIME = -1;

  private final long number;
  private final FileType type;
  private final short mode;
  private final boolean encrypted;
  private final int uid;
  private final int gid;
  private final int linkCount;
  private final long sizeBytes;
  private final long accessedSecond;
  private final long modifiedSecond;
  private final long changedSecond;
  private final long createdSecond;
  private final int accessedNano;
  private final int modifiedNano;
  private final int changedNano;
  private final int createdNano;
  private final int deviceMajor;
  private final int deviceMinor;

  /**
   * @param number inode number, unique in its file system (btrfs adds the subvolume)
   * @param mode permission bits only, {@code 0..07777}
   * @param uid 32 bits, as {@code gid} and {@code linkCount}
   * @param linkCount {@code st_nlink} as the kernel shows it
   * @param sizeBytes {@code st_size}
   * @param modified {@code mtime}, nanoseconds
   * @param created birth time, where the format keeps one
   * @param deviceMajor for {@link FileType#CHAR} and {@link FileType#BLOCK}, else 0; 32 bits
   * @param deviceMinor likewise
   * @param encrypted the contents (and a directory's names) are ciphertext (fscrypt)
   */
  public Inode(
      long number,
      FileType type,
      int mode,
      long uid,
      long gid,
      long linkCount,
      long sizeBytes,
      Instant accessed,
      Instant modified,
      Instant changed,
      @Nullable Instant created,
      long deviceMajor,
      long deviceMinor,
      boolean encrypted) {
    this.number = number;
    this.type = type;
    this.mode = (short) (mode & 07777);
    this.encrypted = encrypted;
    this.uid = (int) uid;
    this.gid = (int) gid;
    this.linkCount = (int) linkCount;
    this.sizeBytes = sizeBytes;
    this.accessedSecond = accessed.getEpochSecond();
    this.accessedNano = accessed.getNano();
    this.modifiedSecond = modified.getEpochSecond();
    this.modifiedNano = modified.getNano();
    this.changedSecond = changed.getEpochSecond();
    this.changedNano = changed.getNano();
    this.createdSecond = created == null ? 0 : created.getEpochSecond();
    this.createdNano = created == null ? NO_TIME : created.getNano();
    this.deviceMajor = (int) deviceMajor;
    this.deviceMinor = (int) deviceMinor;
  }

  public long number() {
    return number;
  }

  public FileType type() {
    return type;
  }

  public int mode() {
    return mode;
  }

  public long uid() {
    return Integer.toUnsignedLong(uid);
  }

  public long gid() {
    return Integer.toUnsignedLong(gid);
  }

  public long linkCount() {
    return Integer.toUnsignedLong(linkCount);
  }

  public long sizeBytes() {
    return sizeBytes;
  }

  public Instant accessed() {
    return Instant.ofEpochSecond(accessedSecond, accessedNano);
  }

  public Instant modified() {
    return Instant.ofEpochSecond(modifiedSecond, modifiedNano);
  }

  public Instant changed() {
    return Instant.ofEpochSecond(changedSecond, changedNano);
  }

  public @Nullable Instant created() {
    return createdNano == NO_TIME ? null : Instant.ofEpochSecond(createdSecond, createdNano);
  }

  public long deviceMajor() {
    return Integer.toUnsignedLong(deviceMajor);
  }

  public long deviceMinor() {
    return Integer.toUnsignedLong(deviceMinor);
  }

  public boolean encrypted() {
    return encrypted;
  }

  public boolean isDirectory() {
    return type == FileType.DIRECTORY;
  }

  public boolean isRegular() {
    return type == FileType.REGULAR;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Inode that
        && number == that.number
        && type == that.type
        && mode == that.mode
        && encrypted == that.encrypted
        && uid == that.uid
        && gid == that.gid
        && linkCount == that.linkCount
        && sizeBytes == that.sizeBytes
        && deviceMajor == that.deviceMajor
        && deviceMinor == that.deviceMinor
        && sameTimes(that);
  }

  private boolean sameTimes(Inode that) {
    return accessed().equals(that.accessed())
        && modified().equals(that.modified())
        && changed().equals(that.changed())
        && Objects.equals(created(), that.created());
  }

  @Override
  public int hashCode() {
    return Objects.hash(number, type, sizeBytes, modifiedSecond, changedSecond);
  }

  @Override
  public String toString() {
    return "inode " + number + " (" + type.label() + ", " + sizeBytes + " bytes)";
  }
}
