package io.amivet.artifact;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which package of a system each file belongs to, and the digest it had in the package: what the
 * system's own package databases say. Compact, for hundreds of thousands of files. Immutable.
 */
public final class PackageIndex {
  /** Files of one system; what is beyond is not indexed. */
  public static final int MAX_FILES = 2_000_000;

  private static final long FNV_BASIS = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final List<String> packages;
  private final String algorithm;
  private final int digestBytes;

  /** Hashes of paths, sorted. */
  private final long[] paths;

  private final int[] packageOfPath;
  private final byte[] digests;

  private PackageIndex(
      List<String> packages,
      String algorithm,
      int digestBytes,
      long[] paths,
      int[] packageOfPath,
      byte[] digests) {
    this.packages = packages;
    this.algorithm = algorithm;
    this.digestBytes = digestBytes;
    this.paths = paths;
    this.packageOfPath = packageOfPath;
    this.digests = digests;
  }

  /** What a package database says of one file. */
  public record Owned(String packageName, String algorithm, byte[] digest) {}

  /** Of a system without packages. */
  public static PackageIndex empty() {
    return new Builder("MD5", 16).build();
  }

  /** What the database of this image says; empty if it has none that is known here. */
  public static PackageIndex of(ImageView image) {
    PackageIndex dpkg = DpkgDatabase.read(image);
    return dpkg.size() > 0 ? dpkg : ApkDatabase.read(image);
  }

  /** How many files are known. */
  public int size() {
    return paths.length;
  }

  /**
   * The owner of a file. Where {@code /bin}, {@code /sbin} and {@code /lib} are links into {@code
   * /usr}, packages and paths may differ in which of the two they name.
   *
   * @param path absolute, Latin-1
   */
  public Optional<Owned> owner(String path) {
    Optional<Owned> found = exactly(path);
    if (found.isPresent() || paths.length == 0) {
      return found;
    }
    return exactly(path.startsWith("/usr/") ? path.substring(4) : "/usr" + path);
  }

  private Optional<Owned> exactly(String path) {
    int at = Arrays.binarySearch(paths, hash(path));
    if (at < 0) {
      return Optional.empty();
    }
    byte[] digest = Arrays.copyOfRange(digests, at * digestBytes, (at + 1) * digestBytes);
    return Optional.of(new Owned(packages.get(packageOfPath[at]), algorithm, digest));
  }

  /** FNV-1a. */
  private static long hash(String path) {
    long hash = FNV_BASIS;
    for (byte b : path.getBytes(StandardCharsets.ISO_8859_1)) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
    return hash;
  }

  /** Collects files; of a path given twice, the first counts. */
  static final class Builder {
    private final String algorithm;
    private final int digestBytes;
    private final List<String> packages = new ArrayList<>();
    private long[] paths = new long[1024];
    private int[] packageOfPath = new int[1024];
    private byte[] digests;
    private int count;

    Builder(String algorithm, int digestBytes) {
      this.algorithm = algorithm;
      this.digestBytes = digestBytes;
      this.digests = new byte[1024 * digestBytes];
    }

    /** Begins a package; what is added next belongs to it. */
    void startPackage(String name) {
      packages.add(name);
    }

    /**
     * Adds a file of the package that was begun last.
     *
     * @param path absolute
     */
    void add(String path, byte[] digest) {
      if (digest.length != digestBytes || count == MAX_FILES || packages.isEmpty()) {
        return;
      }
      if (count == paths.length) {
        paths = Arrays.copyOf(paths, 2 * count);
        packageOfPath = Arrays.copyOf(packageOfPath, 2 * count);
        digests = Arrays.copyOf(digests, 2 * count * digestBytes);
      }
      paths[count] = hash(path);
      packageOfPath[count] = packages.size() - 1;
      System.arraycopy(digest, 0, digests, count * digestBytes, digestBytes);
      count++;
    }

    PackageIndex build() {
      Integer[] order = new Integer[count];
      Arrays.setAll(order, i -> i);
      Arrays.sort(order, (a, b) -> Long.compare(paths[a], paths[b]));
      long[] sorted = new long[count];
      int[] owners = new int[count];
      byte[] sums = new byte[count * digestBytes];
      int kept = 0;
      for (int from : order) {
        if (kept > 0 && sorted[kept - 1] == paths[from]) {
          continue;
        }
        sorted[kept] = paths[from];
        owners[kept] = packageOfPath[from];
        System.arraycopy(digests, from * digestBytes, sums, kept * digestBytes, digestBytes);
        kept++;
      }
      return new PackageIndex(
          List.copyOf(packages),
          algorithm,
          digestBytes,
          Arrays.copyOf(sorted, kept),
          Arrays.copyOf(owners, kept),
          Arrays.copyOf(sums, kept * digestBytes));
    }
  }
}
