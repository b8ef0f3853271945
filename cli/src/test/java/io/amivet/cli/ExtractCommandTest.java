package io.amivet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.fs.FileType;
import io.amivet.fs.memory.MemoryFileSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtractCommandTest {
  @TempDir Path temp;

  private final MemoryFileSystem fs = new MemoryFileSystem();
  private final CommandRun command = new CommandRun().with(fs);
  private Path target;
  private Path outside;

  @BeforeEach
  void makeFolders() throws IOException {
    target = temp.resolve("target");
    outside = Files.createDirectory(temp.resolve("outside"));
  }

  private int extract(String... paths) {
    List<String> line =
        Stream.concat(Stream.of("extract", "a.img", "-C", target.toString()), Stream.of(paths))
            .toList();
    return command.run(line.toArray(new String[0]));
  }

  private void assertNothingEscaped() throws IOException {
    try (Stream<Path> files = Files.list(outside)) {
      assertThat(files).isEmpty();
    }
    try (Stream<Path> files = Files.list(temp)) {
      assertThat(files).containsExactlyInAnyOrder(target, outside);
    }
  }

  @Test
  void copiesATreeWithModesTimesAndLinks() throws IOException {
    long etc = fs.directory(MemoryFileSystem.ROOT, "etc");
    long shadow = fs.file(etc, "shadow".getBytes(StandardCharsets.UTF_8), 04640, "root:*:\n");
    fs.link(etc, "shadow-", shadow);
    fs.symlink(etc, "mtab", "../proc/self/mounts");
    fs.special(etc, "null", FileType.CHAR);
    fs.file(MemoryFileSystem.ROOT, "other", "not asked for");

    assertThat(extract("/etc")).isZero();

    Path copy = target.resolve("etc/shadow");
    assertThat(copy).hasContent("root:*:\n");
    assertThat(Files.getAttribute(copy, "unix:mode")).isEqualTo(0100640);
    assertThat(Files.getLastModifiedTime(copy).toInstant()).isEqualTo(MemoryFileSystem.TIME);
    assertThat(Files.getLastModifiedTime(target.resolve("etc")).toInstant())
        .isEqualTo(MemoryFileSystem.TIME);
    assertThat(Files.getAttribute(copy, "unix:ino"))
        .isEqualTo(Files.getAttribute(target.resolve("etc/shadow-"), "unix:ino"));
    assertThat(Files.readSymbolicLink(target.resolve("etc/mtab")))
        .isEqualTo(Path.of("../proc/self/mounts"));
    assertThat(target.resolve("etc/null")).doesNotExist();
    assertThat(target.resolve("other")).doesNotExist();
    assertThat(command.err()).contains("device nodes, fifos and sockets are not extracted: 1");
  }

  @Test
  void aLinkOfTheImageIsNeverWrittenThrough() throws IOException {
    // One name twice: a link that leads outside, and a directory with a file to drop there.
    fs.symlink(MemoryFileSystem.ROOT, "x", outside.toString());
    long decoy = fs.directory(MemoryFileSystem.ROOT, "x");
    fs.file(decoy, "dropped", "evil");
    // The same with a file: whoever opens it without care writes to the link's target.
    fs.symlink(MemoryFileSystem.ROOT, "y", outside.resolve("dropped").toString());
    fs.file(MemoryFileSystem.ROOT, "y", "evil");

    assertThat(extract("/")).isEqualTo(4);

    assertThat(target.resolve("x/dropped")).hasContent("evil");
    assertThat(target.resolve("y")).isRegularFile();
    assertNothingEscaped();
    assertThat(command.err()).contains("something of that name exists: /x");
  }

  @Test
  void aLinkThatWasThereBeforeIsNeverFollowed() throws IOException {
    Files.createDirectories(target);
    Files.createSymbolicLink(target.resolve("etc"), outside);
    Files.createSymbolicLink(target.resolve("file"), outside.resolve("dropped"));
    long etc = fs.directory(MemoryFileSystem.ROOT, "etc");
    fs.file(etc, "passwd", "evil");
    fs.file(MemoryFileSystem.ROOT, "file", "evil");

    assertThat(extract("/")).isEqualTo(4);

    assertNothingEscaped();
    assertThat(target.resolve("etc")).isSymbolicLink();
  }

  @Test
  void aSecondRunDoesNotFollowTheLinksOfTheFirst() throws IOException {
    fs.symlink(MemoryFileSystem.ROOT, "dir", outside.toString());
    assertThat(extract("/")).isZero();
    MemoryFileSystem second = new MemoryFileSystem();
    second.file(second.directory(MemoryFileSystem.ROOT, "dir"), "dropped", "evil");
    CommandRun next = new CommandRun().with(second);
    assertThat(next.run("extract", "a.img", "-C", target.toString(), "/dir")).isEqualTo(4);
    assertNothingEscaped();
  }

  @Test
  void namesThatClimbAreRefused() throws IOException {
    long up = fs.directory(MemoryFileSystem.ROOT, "..");
    fs.file(up, "dropped", "evil");
    fs.file(MemoryFileSystem.ROOT, ".", "evil");
    fs.file(MemoryFileSystem.ROOT, "fine", "good");

    assertThat(extract("/")).isEqualTo(4);

    assertNothingEscaped();
    assertThat(target.resolve("fine")).hasContent("good");
    assertThat(command.err()).contains("the image names a file '..'");
  }

  @Test
  void whatExistsIsLeftAlone() throws IOException {
    Files.createDirectories(target);
    Files.writeString(target.resolve("mine"), "mine");
    fs.file(MemoryFileSystem.ROOT, "mine", "theirs");
    assertThat(extract("/mine")).isEqualTo(4);
    assertThat(target.resolve("mine")).hasContent("mine");
  }

  @Test
  void holesStayHoles() throws IOException {
    fs.sparseFile(MemoryFileSystem.ROOT, "sparse", 1L << 30, 512L << 20, "middle");
    assertThat(extract("/sparse")).isZero();
    Path copy = target.resolve("sparse");
    assertThat(Files.size(copy)).isEqualTo(1L << 30);
    Process du = new ProcessBuilder("du", "-k", copy.toString()).start();
    String blocks = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(Long.parseLong(blocks.split("\\s")[0])).isLessThan(256);
    try (var channel = Files.newByteChannel(copy)) {
      channel.position(512L << 20);
      java.nio.ByteBuffer six = java.nio.ByteBuffer.allocate(6);
      channel.read(six);
      assertThat(new String(six.array(), StandardCharsets.UTF_8)).isEqualTo("middle");
    }
  }

  @Test
  void stopsAtTheSizeLimit() {
    for (int i = 0; i < 10; i++) {
      fs.file(MemoryFileSystem.ROOT, "f" + i, "x".repeat(5000));
    }
    int code = command.run("extract", "a.img", "/", "-C", target.toString(), "--max-size", "20K");
    assertThat(code).isEqualTo(4);
    assertThat(command.err()).contains("--max-size");
    assertThat(target.toFile().list()).hasSizeBetween(1, 4);
  }

  @Test
  void anImpossibleSizeCostsOnlyThatFile() {
    fs.sparseFile(MemoryFileSystem.ROOT, "huge", Long.MAX_VALUE, 0, "x");
    fs.file(MemoryFileSystem.ROOT, "small", "y");
    assertThat(extract("/")).isEqualTo(4);
    assertThat(target.resolve("huge")).doesNotExist();
    assertThat(target.resolve("small")).hasContent("y");
  }

  @Test
  void aNameThatIsNotUtf8IsSpelledOut() {
    fs.file(MemoryFileSystem.ROOT, new byte[] {'a', (byte) 0xfe}, 0600, "z");
    assertThat(extract("/")).isZero();
    assertThat(target.resolve("a\\xfe")).hasContent("z");
  }

  @Test
  void foldersStayOpenToTheirOwner() throws IOException {
    fs.directory(MemoryFileSystem.ROOT, "d");
    assertThat(extract("/d")).isZero();
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(target.resolve("d"), LinkOption.NOFOLLOW_LINKS)))
        .isEqualTo("rwxr-xr-x");
  }
}
