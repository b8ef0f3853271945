package io.amivet.cache;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * The kept chunks of one disk: {@code blocks}, a sparse file with each chunk at its own place, and
 * {@code index} with the SHA-256 of each.
 *
 * <pre>
 *   index:  0  "AMIVETK1"          8  int32 chunk size in bytes    12  int32 0
 *          16  int64 chunks       24  int64 bytes claimed of the folder's limit
 *          64  32 bytes a chunk: its SHA-256, or zeros if it is not kept; all big-endian
 * </pre>
 *
 * <p>A chunk is written before its digest, and counts only if it has it when it is read. So a
 * process may be killed at any moment, and two may write the same chunk at once: a snapshot never
 * changes, they write the same.
 */
final class KeptFile implements Closeable {
  private static final String BLOCKS = "blocks";
  private static final String INDEX = "index";
  private static final long MAGIC = 0x414d495645544b31L;
  private static final int HEADER_BYTES = 64;
  private static final int CLAIMED_AT = 24;
  private static final int DIGEST_BYTES = 32;
  private static final byte[] ABSENT = new byte[DIGEST_BYTES];

  private final FileChannel blocks;
  private final FileChannel index;
  private final int chunkSizeBytes;
  private final Path folder;

  private KeptFile(Path folder, FileChannel blocks, FileChannel index, int chunkSizeBytes) {
    this.folder = folder;
    this.blocks = blocks;
    this.index = index;
    this.chunkSizeBytes = chunkSizeBytes;
  }

  /**
   * @param alone whether no other process has it open: then one that is damaged, or of another
   *     disk, is begun anew, and claims that a killed process left are given back
   */
  static KeptFile open(Path folder, int chunkSizeBytes, long chunks, boolean alone)
      throws IOException {
    if (alone && !isOf(folder, chunkSizeBytes, chunks)) {
      delete(folder);
    }
    FileChannel blocks = KeptFolder.channel(folder.resolve(BLOCKS));
    FileChannel index = null;
    try {
      index = KeptFolder.channel(folder.resolve(INDEX));
      KeptFile file = new KeptFile(folder, blocks, index, chunkSizeBytes);
      if (index.size() == 0) {
        file.writeHeader(chunks);
      } else if (!isOf(folder, chunkSizeBytes, chunks)) {
        throw new IOException("another process keeps something else there");
      } else if (alone) {
        file.setClaimed(file.count(chunks) * chunkSizeBytes);
      }
      return file;
    } catch (IOException | RuntimeException e) {
      blocks.close();
      if (index != null) {
        index.close();
      }
      throw e;
    }
  }

  private static boolean isOf(Path folder, int chunkSizeBytes, long chunks) throws IOException {
    if (!Files.exists(folder.resolve(INDEX))) {
      return false;
    }
    try (FileChannel index = FileChannel.open(folder.resolve(INDEX), StandardOpenOption.READ)) {
      ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
      return readFully(index, header, 0)
          && header.getLong(0) == MAGIC
          && header.getInt(8) == chunkSizeBytes
          && header.getLong(16) == chunks;
    }
  }

  /** What the disk in a folder has claimed; 0 if there is none that can be read. */
  static long claimedBytes(Path folder) throws IOException {
    if (!Files.exists(folder.resolve(INDEX))) {
      return 0;
    }
    try (FileChannel index = FileChannel.open(folder.resolve(INDEX), StandardOpenOption.READ)) {
      ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
      return readFully(index, header, 0) ? Math.max(0, header.getLong(CLAIMED_AT)) : 0;
    }
  }

  static void delete(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve(INDEX));
    Files.deleteIfExists(folder.resolve(BLOCKS));
  }

  private void writeHeader(long chunks) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    header.putLong(0, MAGIC).putInt(8, chunkSizeBytes).putLong(16, chunks);
    writeFully(index, header, 0);
  }

  private long count(long chunks) throws IOException {
    ByteBuffer piece = ByteBuffer.allocate(DIGEST_BYTES << 11);
    long kept = 0;
    long end = Math.min(index.size(), HEADER_BYTES + chunks * DIGEST_BYTES);
    for (long at = HEADER_BYTES; at < end; at += piece.capacity()) {
      piece.clear();
      piece.limit((int) Math.min(piece.capacity(), end - at) / DIGEST_BYTES * DIGEST_BYTES);
      readFully(index, piece, at);
      for (int i = 0; i < piece.limit(); i += DIGEST_BYTES) {
        if (!Arrays.equals(piece.array(), i, i + DIGEST_BYTES, ABSENT, 0, DIGEST_BYTES)) {
          kept++;
        }
      }
    }
    return kept;
  }

  /** Adds to what this disk has of the folder's limit; under the folder's lock. */
  void claim(long bytes) throws IOException {
    setClaimed(claimedBytes(folder) + bytes);
  }

  private void setClaimed(long bytes) throws IOException {
    writeFully(index, ByteBuffer.allocate(Long.BYTES).putLong(0, bytes), CLAIMED_AT);
  }

  /** The SHA-256 of a chunk that is kept, whole or not; null if it is not. */
  byte @Nullable [] sha256(long chunk) throws IOException {
    byte[] digest = new byte[DIGEST_BYTES];
    boolean there = readFully(index, ByteBuffer.wrap(digest), recordOffset(chunk));
    return there && !Arrays.equals(digest, ABSENT) ? digest : null;
  }

  private static long recordOffset(long chunk) {
    return HEADER_BYTES + chunk * DIGEST_BYTES;
  }

  /**
   * Reads a chunk that is kept.
   *
   * @param sha256 of the chunk as it was written
   * @return false if it is not that any more; {@code target} then holds anything
   */
  boolean read(long chunk, byte[] sha256, byte[] target) throws IOException {
    ByteBuffer into = ByteBuffer.wrap(target, 0, chunkSizeBytes);
    if (!readFully(blocks, into, chunk * chunkSizeBytes)) {
      return false;
    }
    MessageDigest digest = DigestUtils.getSha256Digest();
    digest.update(target, 0, chunkSizeBytes);
    return Arrays.equals(digest.digest(), sha256);
  }

  void write(long chunk, byte[] bytes, byte[] sha256) throws IOException {
    try {
      writeFully(blocks, ByteBuffer.wrap(bytes, 0, chunkSizeBytes), chunk * chunkSizeBytes);
      writeFully(index, ByteBuffer.wrap(sha256), recordOffset(chunk));
    } catch (IOException e) {
      throw new IOException(
          "cannot write to the kept blocks in "
              + folder
              + ": "
              + e.getMessage()
              + "; free some space there, name another folder with --cache-dir, or lower"
              + " --cache-size",
          e);
    }
  }

  private static boolean readFully(FileChannel from, ByteBuffer target, long position)
      throws IOException {
    long at = position;
    while (target.hasRemaining()) {
      int read = from.read(target, at);
      if (read < 0) {
        return false;
      }
      at += read;
    }
    return true;
  }

  private static void writeFully(FileChannel to, ByteBuffer bytes, long position)
      throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += to.write(bytes, at);
    }
  }

  @Override
  public void close() throws IOException {
    try (blocks;
        index) {
      // Both, whatever becomes of the first.
    }
  }
}
