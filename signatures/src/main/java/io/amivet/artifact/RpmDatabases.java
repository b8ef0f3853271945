package io.amivet.artifact;

import io.amivet.file.FileBytes;
import io.amivet.rpm.BerkeleyDatabase;
import io.amivet.rpm.HeaderSink;
import io.amivet.rpm.NdbDatabase;
import io.amivet.rpm.RpmException;
import io.amivet.rpm.RpmHeader;
import io.amivet.rpm.RpmHeader.PackagedFile;
import io.amivet.sqlite.SqliteDatabase;
import io.amivet.sqlite.Table;
import io.amivet.sqlite.Value;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The package database of rpm, wherever a distribution keeps it and in which form. Configuration
 * files, and those that are not in their package, are left out: they may differ.
 */
final class RpmDatabases {
  private static final List<String> FOLDERS =
      List.of("/usr/lib/sysimage/rpm", "/var/lib/rpm", "/usr/share/rpm");

  private static final String TABLE = "Packages";
  private static final int MAX_PACKAGES = 100_000;

  /** SHA-256; the few packages with longer digests are left out. */
  private static final int SLOT_BYTES = 32;

  private final PackageIndex.Builder index = new PackageIndex.Builder("SHA-256", SLOT_BYTES);
  private final Map<String, String> firstProblem = new HashMap<>();
  private int packages;

  private RpmDatabases() {}

  /** How a form of the database hands on its headers. */
  private interface Form {
    void read(FileBytes file, HeaderSink sink) throws IOException;
  }

  static PackageIndex read(ImageView image) {
    RpmDatabases databases = new RpmDatabases();
    for (String folder : FOLDERS) {
      if (databases.readFolder(image, folder)) {
        break;
      }
    }
    databases.firstProblem.values().forEach(databases.index::problem);
    return databases.index.build();
  }

  /** Whether there is a database with packages. */
  private boolean readFolder(ImageView image, String folder) {
    String sqlite = folder + "/rpmdb.sqlite";
    FileBytes wal = image.open(sqlite + "-wal").orElse(FileBytes.of(new byte[0]));
    read(image, sqlite, (file, sink) -> rows(SqliteDatabase.open(file, wal), sink));
    read(image, folder + "/Packages.db", NdbDatabase::read);
    read(image, folder + "/Packages", BerkeleyDatabase::read);
    return packages > 0;
  }

  private static void rows(SqliteDatabase database, HeaderSink sink) throws IOException {
    for (Table table : database.tables()) {
      if (table.name().equals(TABLE)) {
        database.rows(
            table,
            (_, values) -> {
              if (values.size() > 1 && values.get(1) instanceof Value.Blob blob) {
                sink.accept(blob.value());
              }
            });
      }
    }
  }

  private void read(ImageView image, String path, Form form) {
    Optional<FileBytes> file = packages > 0 ? Optional.empty() : image.open(path);
    if (file.isEmpty()) {
      return;
    }
    try {
      form.read(file.get(), blob -> add(path, blob));
    } catch (IOException | InternalError e) {
      firstProblem.putIfAbsent(path, path + ": " + e.getMessage());
    }
  }

  /** A package whose header is damaged costs itself alone. */
  private void add(String path, byte[] blob) throws IOException {
    if (++packages > MAX_PACKAGES) {
      throw new IOException("more than " + MAX_PACKAGES + " packages");
    }
    RpmHeader header;
    try {
      header = RpmHeader.parse(blob);
    } catch (RpmException e) {
      firstProblem.putIfAbsent(path, path + ": a package: " + e.getMessage());
      return;
    }
    if (PackageIndex.digestBytes(header.algorithm()) == 0) {
      return;
    }
    index.startPackage(header.name(), header.algorithm());
    for (PackagedFile file : header.files()) {
      if (!file.mayDiffer()) {
        index.add(file.path(), file.digest());
      }
    }
  }
}
