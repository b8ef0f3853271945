package io.amivet.artifact;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The digests that dpkg keeps of each package's files, in the form of md5sum(1): deb-md5sums(5).
 * Configuration files are not among them. Images without dpkg itself keep them in {@code status.d}.
 */
final class DpkgDatabase {
  private static final List<String> PLACES =
      List.of("/var/lib/dpkg/info/*.md5sums", "/var/lib/dpkg/status.d/*.md5sums");

  private static final int DIGEST_CHARS = 32;
  private static final String SUFFIX = ".md5sums";

  private static final String DIVERSIONS = "/var/lib/dpkg/diversions";

  private DpkgDatabase() {}

  /** A file of other packages was moved to make room: dpkg-divert(1). */
  private record Diversion(String to, String packageName) {}

  static PackageIndex read(ImageView image) {
    PackageIndex.Builder index = new PackageIndex.Builder("MD5");
    Map<String, Diversion> diversions = diversions(image);
    for (String place : PLACES) {
      for (String path : image.glob(place)) {
        Optional<ArtifactFile> file = image.read(path);
        if (file.isPresent()) {
          String name = packageName(path);
          index.startPackage(name);
          text(file.get()).lines().forEach(line -> add(line, name, diversions, index));
        }
      }
    }
    return index.build();
  }

  /** Three lines each: from, to, and the package that wants it so, or a colon for the user. */
  private static Map<String, Diversion> diversions(ImageView image) {
    Map<String, Diversion> diversions = new HashMap<>();
    List<String> lines =
        image.read(DIVERSIONS).map(file -> text(file).lines().toList()).orElse(List.of());
    for (int i = 0; i + 2 < lines.size(); i += 3) {
      diversions.put(lines.get(i), new Diversion(lines.get(i + 1), lines.get(i + 2)));
    }
    return diversions;
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
  private static void add(
      String line,
      String packageName,
      Map<String, Diversion> diversions,
      PackageIndex.Builder index) {
    if (line.length() <= DIGEST_CHARS + 2 || line.charAt(DIGEST_CHARS) != ' ') {
      return;
    }
    try {
      byte[] digest = HexFormat.of().parseHex(line, 0, DIGEST_CHARS);
      String path = "/" + line.substring(DIGEST_CHARS + 2);
      index.add(placeOf(path, packageName, diversions.get(path)), digest);
    } catch (IllegalArgumentException notHex) {
      // A line of something else.
    }
  }

  private static String placeOf(String path, String packageName, @Nullable Diversion diversion) {
    if (diversion == null || diversion.packageName().equals(packageName)) {
      return path;
    }
    return diversion.to();
  }
}
