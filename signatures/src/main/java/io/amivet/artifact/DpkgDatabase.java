package io.amivet.artifact;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The digests that dpkg keeps of each package's files, in the form of md5sum(1): deb-md5sums(5).
 * Configuration files are not among them. Images without dpkg itself keep them in {@code status.d}.
 */
final class DpkgDatabase {
  private static final List<String> PLACES =
      List.of("/var/lib/dpkg/info/*.md5sums", "/var/lib/dpkg/status.d/*.md5sums");

  private static final int DIGEST_CHARS = 32;
  private static final int DIGEST_BYTES = 16;
  private static final String SUFFIX = ".md5sums";

  private DpkgDatabase() {}

  static PackageIndex read(ImageView image) {
    PackageIndex.Builder index = new PackageIndex.Builder("MD5", DIGEST_BYTES);
    for (String place : PLACES) {
      for (String path : image.glob(place)) {
        Optional<ArtifactFile> file = image.read(path);
        if (file.isPresent()) {
          index.startPackage(packageName(path));
          text(file.get()).lines().forEach(line -> add(line, index));
        }
      }
    }
    return index.build();
  }

  private static String text(ArtifactFile file) {
    return new String(file.bytes(), StandardCharsets.ISO_8859_1);
  }

  /** {@code libc6} of {@code …/libc6:amd64.md5sums}. */
  private static String packageName(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1, path.length() - SUFFIX.length());
    int architecture = name.indexOf(':');
    return architecture < 0 ? name : name.substring(0, architecture);
  }

  /** The digest, two spaces, and the path without its first slash. */
  private static void add(String line, PackageIndex.Builder index) {
    if (line.length() <= DIGEST_CHARS + 2 || line.charAt(DIGEST_CHARS) != ' ') {
      return;
    }
    try {
      byte[] digest = HexFormat.of().parseHex(line, 0, DIGEST_CHARS);
      index.add("/" + line.substring(DIGEST_CHARS + 2), digest);
    } catch (IllegalArgumentException notHex) {
      // A line of something else.
    }
  }
}
