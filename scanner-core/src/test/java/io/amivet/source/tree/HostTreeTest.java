package io.amivet.source.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.amivet.block.AnomalyLog;
import io.amivet.block.CorruptImageException;
import io.amivet.block.MemoryDevice;
import io.amivet.fs.ContentReader;
import io.amivet.fs.FileEntry;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.FileTree;
import io.amivet.fs.FileType;
import io.amivet.fs.FsPath;
import io.amivet.fs.PathLookup;
import io.amivet.fs.TreeWalk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The JDK's own view of the same files is the oracle. */
@EnabledOnOs(OS.LINUX)
class HostTreeTest {
  @TempDir private Path outside;
  private Path top;
  private HostRoot root;
  private FileSystemView fs;
  private final AnomalyLog anomalies = new AnomalyLog();

  @BeforeEach
  void open() throws IOException {
    top = Files.createDirectory(outside.resolve("top"));
    root = HostRoot.open(top.toString().getBytes(StandardCharsets.UTF_8));
    fs = new HostTree(root, new MemoryDevice("top", new byte[0]), anomalies);
  }

  @AfterEach
  void close() {
    root.close();
  }

  private FileEntry entry(String path) throws IOException {
    return new PathLookup(fs).find(FsPath.of(path)).orElseThrow();
  }

  private byte[] contents(String path) throws IOException {
    ContentReader reader = new ContentReader(fs.volume(), fs.content(entry(path).inode()));
    return reader.readUpTo(1 << 20);
  }

  @Test
  void seesWhatTheKernelSays() throws IOException {
    Path file = Files.writeString(top.resolve("file"), "contents");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-x--x"));
    Instant then = Instant.ofEpochSecond(1_234_567_890, 123_456_789);
    Files.setLastModifiedTime(file, FileTime.from(then));
    Files.createLink(top.resolve("again"), file);
    FileEntry entry = entry("/file");
    Map<String, Object> unix = Files.readAttributes(file, "unix:*", LinkOption.NOFOLLOW_LINKS);
    assertThat(entry.inode().type()).isEqualTo(FileType.REGULAR);
    assertThat(entry.inode().mode()).isEqualTo(0651);
    assertThat(entry.inode().sizeBytes()).isEqualTo(8);
    assertThat(entry.inode().linkCount()).isEqualTo(2);
    assertThat(entry.inode().number()).isEqualTo(unix.get("ino"));
    assertThat(Long.toString(entry.inode().uid())).isEqualTo(String.valueOf(unix.get("uid")));
    assertThat(entry.inode().modified())
        .isEqualTo(Files.getLastModifiedTime(file).toInstant())
        .isEqualTo(then);
    assertThat(contents("/file")).asString().isEqualTo("contents");
    assertThat(entry("/again").inode().number()).isEqualTo(entry.inode().number());
  }

  @Test
  void neverLeavesTheTreeThroughALink() throws IOException {
    Files.writeString(outside.resolve("secret"), "outside");
    Files.createDirectory(top.resolve("etc"));
    Files.writeString(top.resolve("etc/secret"), "inside");
    Files.createSymbolicLink(top.resolve("up"), Path.of("../secret"));
    Files.createSymbolicLink(top.resolve("etc/absolute"), Path.of("/etc/secret"));
    Files.createSymbolicLink(top.resolve("folder"), outside);
    assertThat(fs.symlinkTarget(entry("/up").inode())).asString().isEqualTo("../secret");
    PathLookup lookup = new PathLookup(fs);
    assertThat(lookup.findFollowing(FsPath.of("/up"))).isEmpty();
    assertThat(lookup.findFollowing(FsPath.of("/etc/absolute")).map(FileEntry::inode))
        .isEqualTo(Optional.of(entry("/etc/secret").inode()));
    FileTree tree = TreeWalk.walk(fs, anomalies);
    assertThat(tree.complete()).isTrue();
    assertThat(tree.entries()).hasSize(6);
  }

  @Test
  void aFolderThatBecomesALinkIsNotEntered() throws IOException {
    Path folder = Files.createDirectory(top.resolve("folder"));
    Path file = Files.writeString(folder.resolve("file"), "inside");
    Files.writeString(outside.resolve("file"), "outside");
    FileEntry known = entry("/folder/file");
    Files.delete(file);
    Files.delete(folder);
    Files.createSymbolicLink(folder, outside);
    ContentReader reader = new ContentReader(fs.volume(), fs.content(known.inode()));
    assertThatExceptionOfType(CorruptImageException.class)
        .isThrownBy(() -> reader.readUpTo(10))
        .satisfies(e -> assertThat(e.fault()).isEqualTo(TreeFault.CHANGED))
        .withMessageContaining("/folder/file");
  }

  @Test
  void aFileThatIsReplacedIsNotTakenForTheOneThatWasListed() throws IOException {
    Path file = Files.writeString(top.resolve("file"), "first");
    FileEntry known = entry("/file");
    Path other = Files.writeString(top.resolve("other"), "other");
    Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    ContentReader reader = new ContentReader(fs.volume(), fs.content(known.inode()));
    assertThatExceptionOfType(CorruptImageException.class)
        .isThrownBy(() -> reader.readUpTo(10))
        .withMessageContaining("another file now");
  }

  @Test
  void readsHolesWithoutReadingThem() throws IOException {
    try (RandomAccessFile sparse = new RandomAccessFile(top.resolve("sparse").toFile(), "rw")) {
      sparse.setLength(1L << 40);
      sparse.seek(1L << 30);
      sparse.write("data".getBytes(StandardCharsets.UTF_8));
    }
    var content = fs.content(entry("/sparse").inode());
    assertThat(content.sizeBytes()).isEqualTo(1L << 40);
    assertThat(content.writtenBytes()).isBetween(4L, 1L << 20);
    assertThat(content.writtenRanges()).allMatch(range -> range.contains(1L << 30));
  }

  @Test
  void walksEveryName() throws IOException {
    List<String> names = List.of("plain", "with space", "new\nline", "\u00fcml\u00e4ut", "-dash");
    for (String name : names) {
      Files.createDirectories(top.resolve("a/b/c")).resolve(name).toFile();
      Files.writeString(top.resolve("a/b/c").resolve(name), name);
    }
    FileTree tree = TreeWalk.walk(fs, anomalies);
    assertThat(tree.entries().stream().map(entry -> entry.path().toString()))
        .hasSize(4 + names.size())
        .contains("/a/b/c/new\nline", "/a/b/c/\u00fcml\u00e4ut");
    assertThat(anomalies.isEmpty()).isTrue();
  }

  @Test
  void saysWhatItMayNotRead() throws IOException {
    Path file = Files.writeString(top.resolve("file"), "secret");
    Path folder = Files.createDirectory(top.resolve("folder"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("---------"));
    org.junit.jupiter.api.Assumptions.assumeFalse(Files.isReadable(file), "run as root");
    FileTree tree = TreeWalk.walk(fs, anomalies);
    assertThat(tree.complete()).isFalse();
    assertThat(tree.unreadable()).containsExactly(FsPath.of("/folder"));
    assertThat(anomalies.count(TreeFault.DENIED.code())).isEqualTo(1);
    assertThatExceptionOfType(CorruptImageException.class)
        .isThrownBy(() -> contents("/file"))
        .withMessageContaining("permission denied in /file");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void doesNotEnterWhatTheKernelMakesUp() throws IOException {
    try (HostRoot slash = HostRoot.open(new byte[] {'/'})) {
      FileSystemView whole = new HostTree(slash, new MemoryDevice("/", new byte[0]), anomalies);
      FileEntry proc = new PathLookup(whole).find(FsPath.of("/proc")).orElseThrow();
      assertThat(whole.directory(proc.inode()).entries()).isEmpty();
      assertThat(whole.directory(proc.inode()).complete()).isTrue();
      assertThat(anomalies.toList()).singleElement().asString().contains("left out: /proc");
    }
  }
}
