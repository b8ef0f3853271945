package io.amivet.cli;

import io.amivet.block.CorruptImageException;
import io.amivet.block.UnsupportedFeatureException;
import io.amivet.fs.FileEntry;
import io.amivet.fs.FileSystemView;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/** SHA-256 of the regular files in a list, computed in the {@linkplain DiskOrder disk's order}. */
final class FileDigests {
  static final byte[] NONE = {};

  private final FileSystemView fs;
  private final DiskOrder order;
  private final Counters counters;
  private final ContentPieces pieces = new ContentPieces();
  private final MessageDigest sha256 = DigestUtils.getSha256Digest();

  FileDigests(FileSystemView fs, Notes notes, Counters counters) {
    this.fs = fs;
    this.order = new DiskOrder(fs, notes, counters, "hashed");
    this.counters = counters;
  }

  /** One digest for each entry, in the same order; {@link #NONE} where there is none. */
  byte[][] of(List<FileEntry> entries) throws IOException {
    List<DiskOrder.Job> jobs = order.of(entries);
    byte[][] digests = new byte[entries.size()][];
    java.util.Arrays.fill(digests, NONE);
    DiskOrder.Job previous = null;
    int announced = 0;
    for (int i = 0; i < jobs.size(); i++) {
      if (i == announced) {
        announced = order.announce(jobs, i);
      }
      DiskOrder.Job job = jobs.get(i);
      boolean sameInode =
          previous != null && previous.entry().inode().number() == job.entry().inode().number();
      digests[job.index()] =
          sameInode && previous != null ? digests[previous.index()] : digest(job);
      previous = job;
    }
    return digests;
  }

  private byte[] digest(DiskOrder.Job job) throws IOException {
    try {
      order.charge(job);
      pieces.all(
          fs,
          order.content(job),
          (position, buffer, length) -> {
            sha256.update(buffer, 0, length);
            counters.addBytes(length);
          });
      counters.addFile();
      return sha256.digest();
    } catch (CorruptImageException | UnsupportedFeatureException | RefusedException e) {
      sha256.reset();
      order.lose(job.entry(), e);
      return NONE;
    }
  }
}
