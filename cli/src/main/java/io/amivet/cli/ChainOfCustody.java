package io.amivet.cli;

import io.amivet.block.BlockDevice;
import io.amivet.finding.Custody;
import io.amivet.finding.Custody.DiskDigest;
import io.amivet.scan.Scanner;
import io.amivet.source.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.codec.digest.DigestUtils;

/** Puts together what lets others check which bytes a report is about, and what judged them. */
final class ChainOfCustody {
  private static final int PIECE_BYTES = 1 << 20;

  private ChainOfCustody() {}

  /**
   * Of a scan that has ended.
   *
   * @param wholeDisks whether to read and hash local disks from end to end
   */
  static Custody of(OpenedDisks opened, boolean wholeDisks) {
    List<DiskDigest> digests = new ArrayList<>(opened.provenance().digests().get());
    if (wholeDisks) {
      for (Disk disk : opened.disks()) {
        boolean known = digests.stream().anyMatch(digest -> digest.disk().equals(disk.name()));
        if (!known && disk.tree() == null) {
          whole(disk).ifPresent(digests::add);
        }
      }
    }
    return new Custody(Tool.DIGEST, opened.provenance().caller().get(), digests);
  }

  /** Empty if the disk cannot be read to its end: no digest is better than no report. */
  private static Optional<DiskDigest> whole(Disk disk) {
    BlockDevice device = disk.device();
    MessageDigest digest = DigestUtils.getSha256Digest();
    byte[] piece = new byte[PIECE_BYTES];
    for (long offset = 0; offset < device.sizeBytes(); offset += PIECE_BYTES) {
      int length = (int) Math.min(PIECE_BYTES, device.sizeBytes() - offset);
      try {
        device.read(offset, MemorySegment.ofArray(piece).asSlice(0, length));
      } catch (IOException unreadable) {
        return Optional.empty();
      }
      digest.update(piece, 0, length);
    }
    String hex = HexFormat.of().formatHex(digest.digest());
    return Optional.of(new DiskDigest(disk.name(), Custody.Method.WHOLE_DISK, hex, 0, ""));
  }

  /** The jars of amivet; hashed once, when a report first asks. */
  private static final class Tool {
    static final String DIGEST = digest();

    private static String digest() {
      Set<Path> jars = new TreeSet<>();
      for (Class<?> part :
          List.of(Main.class, Scanner.class, io.amivet.rule.Rule.class, BlockDevice.class)) {
        CodeSource source = part.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
          return "";
        }
        try {
          Path jar = Path.of(source.getLocation().toURI());
          if (!Files.isRegularFile(jar)) {
            return "";
          }
          jars.add(jar);
        } catch (URISyntaxException | IllegalArgumentException e) {
          return "";
        }
      }
      MessageDigest all = DigestUtils.getSha256Digest();
      for (Path jar : jars) {
        all.update(digest(jar));
      }
      return HexFormat.of().formatHex(all.digest());
    }

    private static byte[] digest(Path jar) {
      MessageDigest digest = DigestUtils.getSha256Digest();
      try (InputStream in = Files.newInputStream(jar)) {
        byte[] piece = new byte[PIECE_BYTES];
        for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
          digest.update(piece, 0, read);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("the jar that amivet runs from is gone: " + jar, e);
      }
      return digest.digest();
    }
  }
}
