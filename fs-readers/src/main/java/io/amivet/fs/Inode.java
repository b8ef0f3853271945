package io.amivet.fs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an inode says of itself, the same for every format. A value: it holds no reference to the
 * image, and its contents are asked of the {@link FileSystemView} it came from.
 *
 * @param number inode number, unique in its file system (btrfs adds the subvolume)
 * @param mode permission bits only, {@code 0..07777}
 * @param linkCount {@code st_nlink} as the kernel shows it
 * @param sizeBytes {@code st_size}
 * @param modified {@code mtime}, nanoseconds
 * @param created birth time, where the format keeps one
 * @param deviceMajor for {@link FileType#CHAR} and {@link FileType#BLOCK}, else 0
 * @param deviceMinor likewise
 * @param encrypted the contents (and a directory's names) are ciphertext (fscrypt)
 */
public record Inode(
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

  public boolean isDirectory() {
    return type == FileType.DIRECTORY;
  }

  public boolean isRegular() {
    return type == FileType.REGULAR;
  }
}
