package io.amivet.vectorscan;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The shared library that comes with amivet for this kind of machine. A loader needs a file, so it
 * is laid into a private folder once. What is loaded has the SHA-256 written here, or is not
 * loaded.
 */
public final class VectorscanLibrary {
  private static final String RESOURCES = "/com/gliwka/hyperscan/jni/";

  /** A file among the resources of {@code com.gliwka.hyperscan:native:5.4.12-2.0.4}. */
  private record Bundled(String resource, String sha256) {}

  /** By name of the operating system and the processor, as Java says them. */
  private static final Map<String, Bundled> BUNDLED =
      Map.of(
          "linux amd64",
          new Bundled(
              "linux-x86_64/libhs.so",
              "5736eb1f3c056a86d0185f8d9d92bb419f8ea702410dd97b075590e480914ccf"),
          "linux aarch64",
          new Bundled(
              "linux-arm64/libhs.so",
              "89992811ec9a4c05a436db89ea428abe513ffc9660f39cd4d205bad680746a4a"),
          "mac aarch64",
          new Bundled(
              "macosx-arm64/libhs.dylib",
              "8ff1a1611687244817c7947ed01b7695813c9057533feced8952cdf45393db0c"));

  private VectorscanLibrary() {}

  /** Whether a library for this machine comes with amivet. */
  public static boolean isBundled() {
    return BUNDLED.containsKey(platform());
  }

  /**
   * Loads the library.
   *
   * @param folder where its file is kept
   * @throws VectorscanException if there is none for this machine, or it cannot be loaded
   */
  public static Vectorscan load(PrivateFolder folder) throws VectorscanException {
    Bundled bundled = BUNDLED.get(platform());
    if (bundled == null) {
      throw new VectorscanException("there is no Vectorscan for " + platform());
    }
    try {
      Path file = folder.file("libhs-" + bundled.sha256().substring(0, 16));
      if (!Files.isRegularFile(file)
          || !bundled.sha256().equals(DigestUtils.sha256Hex(Files.readAllBytes(file)))) {
        file = folder.write(file.getFileName().toString(), unpacked(bundled));
      }
      return Vectorscan.load(file);
    } catch (IOException e) {
      throw new VectorscanException("cannot lay out the library: " + e.getMessage(), e);
    }
  }

  private static byte[] unpacked(Bundled bundled) throws IOException, VectorscanException {
    String resource = RESOURCES + bundled.resource();
    try (InputStream in = VectorscanLibrary.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new VectorscanException("this copy of amivet comes without " + resource);
      }
      byte[] library = in.readAllBytes();
      if (!bundled.sha256().equals(DigestUtils.sha256Hex(library))) {
        throw new VectorscanException(resource + " is not the library that amivet was built with");
      }
      return library;
    }
  }

  private static String platform() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return (system.startsWith("mac") ? "mac" : system) + " " + processor;
  }
}
