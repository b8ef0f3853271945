package io.amivet.vectorscan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VectorscanDatabasesTest {
  private static final List<String> EXPRESSIONS = List.of("abc", "x[0-9]{3}y");

  @TempDir private Path temporary;
  private Path path;
  private PrivateFolder folder;
  private Vectorscan library;

  @BeforeEach
  void load() throws Exception {
    Assumptions.assumeTrue(VectorscanLibrary.isBundled(), "no Vectorscan for this machine");
    path = temporary.resolve("kept");
    folder = PrivateFolder.of(path);
    library = VectorscanLibrary.load(folder);
  }

  @Test
  void findsEachEndOfAMatchAcrossPieces() throws Exception {
    try (VectorscanDatabase database = open()) {
      assertThat(found(database, "..ab", "c x12", "3y abc")).containsExactly("0@5", "1@11", "0@15");
    }
  }

  @Test
  void keepsItInAFileThatOnlyTheUserCanRead() throws Exception {
    open().close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept())))
        .isEqualTo("rw-------");
  }

  @Test
  void anotherSetOfExpressionsIsAnotherFile() throws Exception {
    open().close();
    new VectorscanDatabases(folder).open(library, List.of("def")).close();

    try (Stream<Path> files = Files.list(path)) {
      assertThat(files.filter(file -> file.toString().endsWith(".hsdb"))).hasSize(2);
    }
  }

  @Test
  void aDamagedFileIsMadeAgain() throws Exception {
    open().close();
    byte[] whole = Files.readAllBytes(kept());
    Random random = new Random(7);
    for (int round = 0; round < 100; round++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
      Files.write(kept(), damaged);
      try (VectorscanDatabase database = open()) {
        assertThat(found(database, "abc")).containsExactly("0@3");
      }
      assertThat(Files.readAllBytes(kept())).isEqualTo(whole);
    }
  }

  @Test
  void aShortFileIsMadeAgain() throws Exception {
    open().close();
    byte[] whole = Files.readAllBytes(kept());
    Files.write(kept(), new byte[20]);
    open().close();

    assertThat(Files.readAllBytes(kept())).isEqualTo(whole);
  }

  @Test
  void aDamagedLibraryIsLaidOutAgainBeforeItIsLoaded() throws Exception {
    Path file;
    try (Stream<Path> files = Files.list(path)) {
      file =
          files.filter(one -> one.getFileName().toString().startsWith("libhs")).findFirst().get();
    }
    byte[] whole = Files.readAllBytes(file);
    // A new file: the old one is mapped by this process.
    Files.delete(file);
    Files.write(file, new byte[] {1, 2, 3});
    VectorscanLibrary.load(folder);

    assertThat(Files.readAllBytes(file)).isEqualTo(whole);
  }

  @Test
  void aFolderThatOthersCanWriteToIsRefused() throws Exception {
    Path open = Files.createDirectory(temporary.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThatThrownBy(() -> PrivateFolder.of(open))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("chmod 700");
  }

  @Test
  void aRefusedExpressionIsNamed() {
    assertThatThrownBy(
            () -> new VectorscanDatabases(folder).open(library, List.of("ok", "(broken")))
        .isInstanceOf(VectorscanException.class)
        .hasMessageContaining("(broken");
  }

  @Test
  void whatTheSinkThrowsComesOut() throws Exception {
    try (VectorscanDatabase database = open();
        VectorscanStream stream =
            database.open((_, _) -> {
              throw new IllegalStateException("enough");
            })) {
      assertThatThrownBy(() -> scan(stream, "abc"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("enough");
    }
  }

  private VectorscanDatabase open() throws VectorscanException {
    return new VectorscanDatabases(folder).open(library, EXPRESSIONS);
  }

  private Path kept() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(file -> file.toString().endsWith(".hsdb")).findFirst().orElseThrow();
    }
  }

  private static List<String> found(VectorscanDatabase database, String... pieces) {
    List<String> ends = new ArrayList<>();
    try (VectorscanStream stream =
        database.open((expression, end) -> ends.add(expression + "@" + end))) {
      for (String piece : pieces) {
        scan(stream, piece);
      }
      stream.reset();
    }
    return ends;
  }

  private static void scan(VectorscanStream stream, String piece) {
    try (Arena arena = Arena.ofConfined()) {
      byte[] bytes = piece.getBytes(StandardCharsets.US_ASCII);
      MemorySegment copy = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
      stream.scan(copy);
    }
  }
}
