package io.amivet.artifact;

import io.amivet.file.FileBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The database of Alpine's apk, version 2: a paragraph for each package, a letter and a colon in
 * front of each line. {@code P} names the package, {@code F} a directory, {@code R} a file in it,
 * {@code Z} its SHA-1 as {@code Q1} and base64.
 */
final class ApkDatabase {
  private static final String INSTALLED = "/lib/apk/db/installed";
  private static final String SHA_1 = "Q1";
  private static final long MAX_BYTES = 64 << 20;

  private final PackageIndex.Builder index = new PackageIndex.Builder("SHA-1");
  private String directory = "";
  private String name = "";

  private ApkDatabase() {}

  static PackageIndex read(ImageView image) {
    ApkDatabase database = new ApkDatabase();
    Optional<FileBytes> file = image.open(INSTALLED);
    if (file.isPresent()) {
      database.read(file.get());
    }
    return database.index.build();
  }

  private void read(FileBytes file) {
    if (file.sizeBytes() > MAX_BYTES) {
      index.problem(INSTALLED + " is larger than any package database");
      return;
    }
    byte[] bytes = new byte[(int) file.sizeBytes()];
    try {
      file.read(0, bytes);
      new String(bytes, StandardCharsets.ISO_8859_1).lines().forEach(this::line);
    } catch (IOException e) {
      index.problem(INSTALLED + ": " + e.getMessage());
    }
  }

  private void line(String line) {
    if (line.length() < 2 || line.charAt(1) != ':') {
      return;
    }
    String value = line.substring(2);
    switch (line.charAt(0)) {
      case 'P' -> index.startPackage(value);
      case 'F' -> directory = value;
      case 'R' -> name = value;
      case 'Z' -> digest(value);
      default -> {
        // Versions, owners, modes.
      }
    }
  }

  private void digest(String value) {
    if (!value.startsWith(SHA_1)) {
      return;
    }
    try {
      byte[] digest = Base64.getDecoder().decode(value.substring(SHA_1.length()));
      index.add("/" + (directory.isEmpty() ? "" : directory + "/") + name, digest);
    } catch (IllegalArgumentException notBase64) {
      // Not a digest, then.
    }
  }
}
