package io.amivet.artifact;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which package of a system each file belongs to, and the digest it had in the package: what the
 * system's own package databases say. Compact, for hundreds of thousands of files. Immutable.
 */
public final class PackageIndex {
  /** Files of one system; what is beyond is not indexed. */
  public static final int MAX_FILES = 2_000_000;

  /** The length of a digest, by the name of its algorithm; 0 of one that is not kept. */
  static int digestBytes(String algorithm) {
    return switch (algorithm) {
      case "MD5" -> 16;
      case "SHA-1" -> 20;
      case "SHA-224" -> 28;
      case "SHA-256" -> 32;
      default -> 0;
    };
  }

  private static final List<String> MERGED =
      List.of("bin", "sbin", "lib", "lib32", "lib64", "libx32");

  /** Folders that hold package databases. */
  private static final List<String> DATABASES =
      List.of(
          "/var/lib/dpkg",
          "/usr/lib/sysimage/rpm",
          "/var/lib/rpm",
          "/usr/share/rpm",
          "/lib/apk/db",
          "/usr/lib/apk/db");

  private static final long FNV_BASIS = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final List<String> packages;
  private final List<String> algorithms;
  private final List<String> problems;
  private final int slotBytes;

  /** Hashes of paths, sorted. */
  private final long[] paths;

  private final int[] packageOfPath;
  private final byte[] digests;

  /** Directories of the root that are links to those of the same name below {@code /usr}. */
  private final Set<String> merged;

  private PackageIndex(
      List<String> packages,
      List<String> algorithms,
      List<String> problems,
      int slotBytes,
      long[] paths,
      int[] packageOfPath,
      byte[] digests,
      Set<String> merged) {
    this.merged = merged;
    this.packages = packages;
    this.algorithms = algorithms;
    this.problems = problems;
    this.slotBytes = slotBytes;
    this.paths = paths;
    this.packageOfPath = packageOfPath;
    this.digests = digests;
  }

  /** What a package database says of one file. */
  public record Owned(String packageName, String algorithm, byte[] digest) {}

  /** Of a system without packages. */
  public static PackageIndex empty() {
    return new Builder("MD5").build();
  }

  /** What the database of this image says; empty if it has none that is known here. */
  public static PackageIndex of(ImageView image) {
    Set<String> merged = new HashSet<>();
    for (String directory : MERGED) {
      if (image.isLink("/" + directory)) {
        merged.add(directory);
      }
    }
    return read(image).withMerged(merged);
  }

  /**
   * Whether an index may say something else if there is a change at a path: in a database, or of a
   * directory of the root that may be a link.
   *
   * @param path absolute, Latin-1
   */
  public static boolean dependsOn(String path) {
    return MERGED.contains(path.substring(1))
        || DATABASES.stream().anyMatch(each -> path.equals(each) || path.startsWith(each + "/"));
  }

  private PackageIndex withMerged(Set<String> directories) {
    return new PackageIndex(
        packages,
        algorithms,
        problems,
        slotBytes,
        paths,
        packageOfPath,
        digests,
        Set.copyOf(directories));
  }

  private static PackageIndex read(ImageView image) {
    PackageIndex dpkg = DpkgDatabase.read(image);
    if (dpkg.size() > 0) {
      return dpkg;
    }
    PackageIndex rpm = RpmDatabases.read(image);
    return rpm.size() > 0 || !rpm.problems().isEmpty() ? rpm : ApkDatabase.read(image);
  }

  /** Why files may be missing here: what of the databases could not be read. */
  public List<String> problems() {
    return problems;
  }

  /** How many files are known. */
  public int size() {
    return paths.length;
  }

  /**
   * The owner of a file. Where {@code /bin}, {@code /sbin} and {@code /lib} are links into {@code
   * /usr}, packages and paths may differ in which of the two they name; where they are not, the two
   * are different files.
   *
   * @param path absolute, Latin-1
   */
  public Optional<Owned> owner(String path) {
    Optional<Owned> found = exactly(path);
    if (found.isPresent() || paths.length == 0) {
      return found;
    }
    String other = path.startsWith("/usr/") ? path.substring(4) : path;
    int end = other.indexOf('/', 1);
    if (end < 0 || !merged.contains(other.substring(1, end))) {
      return found;
    }
    return exactly(path.startsWith("/usr/") ? other : "/usr" + path);
  }

  private Optional<Owned> exactly(String path) {
    int at = Arrays.binarySearch(paths, hash(path));
    if (at < 0) {
      return Optional.empty();
    }
    String algorithm = algorithms.get(packageOfPath[at]);
    int start = at * slotBytes;
    byte[] digest = Arrays.copyOfRange(digests, start, start + digestBytes(algorithm));
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
    private final int slotBytes;
    private final List<String> packages = new ArrayList<>();
    private final List<String> algorithms = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private long[] paths = new long[1024];
    private int[] packageOfPath = new int[1024];
    private byte[] digests;
    private int count;

    /** Of a database whose digests are all by one algorithm. */
    Builder(String algorithm) {
      this(algorithm, digestBytes(algorithm));
    }

    /**
     * @param slotBytes the longest digest that is kept
     */
    Builder(String algorithm, int slotBytes) {
      this.algorithm = algorithm;
      this.slotBytes = slotBytes;
      this.digests = new byte[1024 * slotBytes];
    }

    /** Begins a package; what is added next belongs to it. */
    void startPackage(String name) {
      startPackage(name, algorithm);
    }

    /** Begins a package with digests of its own kind, see {@link #digestBytes}. */
    void startPackage(String name, String ownAlgorithm) {
      packages.add(name);
      algorithms.add(ownAlgorithm);
    }

    /** Notes what could not be read. */
    void problem(String sentence) {
      problems.add(sentence);
    }

    /**
     * Adds a file of the package that was begun last.
     *
     * @param path absolute
     */
    void add(String path, byte[] digest) {
      boolean fits =
          !packages.isEmpty()
              && digest.length <= slotBytes
              && digest.length == digestBytes(algorithms.getLast());
      if (!fits || count == MAX_FILES) {
        return;
      }
      if (count == paths.length) {
        paths = Arrays.copyOf(paths, 2 * count);
        packageOfPath = Arrays.copyOf(packageOfPath, 2 * count);
        digests = Arrays.copyOf(digests, 2 * count * slotBytes);
      }
      paths[count] = hash(path);
      packageOfPath[count] = packages.size() - 1;
      System.arraycopy(digest, 0, digests, count * slotBytes, digest.length);
      count++;
    }

    PackageIndex build() {
      Integer[] order = new Integer[count];
      Arrays.setAll(order, i -> i);
      Arrays.sort(order, (a, b) -> Long.compare(paths[a], paths[b]));
      long[] sorted = new long[count];
      int[] owners = new int[count];
      byte[] sums = new byte[count * slotBytes];
      int kept = 0;
      for (int from : order) {
        if (kept > 0 && sorted[kept - 1] == paths[from]) {
          continue;
        }
        sorted[kept] = paths[from];
        owners[kept] = packageOfPath[from];
        System.arraycopy(digests, from * slotBytes, sums, kept * slotBytes, slotBytes);
        kept++;
      }
      return new PackageIndex(
          List.copyOf(packages),
          List.copyOf(algorithms),
          List.copyOf(problems),
          slotBytes,
          Arrays.copyOf(sorted, kept),
          Arrays.copyOf(owners, kept),
          Arrays.copyOf(sums, kept * slotBytes),
          Set.of());
    }
  }
}
