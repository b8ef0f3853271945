package io.amivet.vectorscan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Keeps compiled expressions in a private folder, since compiling takes a second and loading none.
 * A file is named by what it was compiled from, by what, and for which processor; it begins with
 * the SHA-256 of the rest. One that is damaged is made again.
 */
public final class VectorscanDatabases {
  private static final int DIGEST_BYTES = 32;
  private static final long MAX_FILE_BYTES = 256L << 20;

  private final PrivateFolder folder;

  public VectorscanDatabases(PrivateFolder folder) {
    this.folder = folder;
  }

  /**
   * The database of these expressions: a kept one, or one made now and kept if that is possible.
   *
   * @throws VectorscanException if an expression is refused
   */
  public VectorscanDatabase open(Vectorscan library, List<String> expressions)
      throws VectorscanException {
    MessageDigest digest = DigestUtils.getSha256Digest();
    digest.update((library.version() + "\n" + library.platform()).getBytes(StandardCharsets.UTF_8));
    for (String expression : expressions) {
      digest.update((byte) '\n');
      digest.update(expression.getBytes(StandardCharsets.ISO_8859_1));
    }
    String name = "rules-" + HexFormat.of().formatHex(digest.digest(), 0, 16) + ".hsdb";
    byte[] kept = read(name);
    if (kept.length > 0) {
      try {
        return library.deserialize(kept);
      } catch (VectorscanException outdated) {
        // Made again below.
      }
    }
    VectorscanDatabase made = library.compile(expressions);
    keep(name, made.serialize());
    return made;
  }

  /** What is kept under a name; nothing if there is none, or it is not as it was written. */
  private byte[] read(String name) {
    try {
      Path file = folder.file(name);
      if (!Files.isRegularFile(file) || Files.size(file) > MAX_FILE_BYTES) {
        return new byte[0];
      }
      byte[] all = Files.readAllBytes(file);
      if (all.length <= DIGEST_BYTES) {
        return new byte[0];
      }
      byte[] rest = Arrays.copyOfRange(all, DIGEST_BYTES, all.length);
      byte[] expected = Arrays.copyOf(all, DIGEST_BYTES);
      return MessageDigest.isEqual(DigestUtils.sha256(rest), expected) ? rest : new byte[0];
    } catch (IOException unreadable) {
      return new byte[0];
    }
  }

  private void keep(String name, byte[] database) {
    byte[] all = Arrays.copyOf(DigestUtils.sha256(database), DIGEST_BYTES + database.length);
    System.arraycopy(database, 0, all, DIGEST_BYTES, database.length);
    try {
      folder.write(name, all);
    } catch (IOException notKept) {
      // The next run compiles again: slower, but right.
    }
  }
}
