package io.amivet.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.amivet.block.CorruptImageException;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PathLookupTest {
  private final MemoryFileSystem fs = new MemoryFileSystem();
  private final PathLookup lookup = new PathLookup(fs);
  private long etc;
  private long passwd;

  @BeforeEach
  void plant() {
    etc = fs.directory(fs.root(), "etc");
    passwd = fs.file(etc, "passwd");
  }

  private long find(String path) throws IOException {
    return lookup.find(FsPath.of(path)).map(e -> e.inode().number()).orElse(-1L);
  }

  private long follow(String path) throws IOException {
    return lookup.findFollowing(FsPath.of(path)).map(e -> e.inode().number()).orElse(-1L);
  }

  @Test
  void findsByName() throws IOException {
    assertThat(find("/")).isEqualTo(fs.root());
    assertThat(find("/etc/passwd")).isEqualTo(passwd);
    assertThat(find("/etc/./passwd")).isEqualTo(passwd);
    assertThat(find("/etc/missing")).isEqualTo(-1);
    assertThat(find("/etc/passwd/below-a-file")).isEqualTo(-1);
  }

  @Test
  void neverLeavesTheRoot() throws IOException {
    assertThat(find("/../../etc/../../etc/passwd")).isEqualTo(passwd);
    fs.symlink(etc, "escape", "../../../../../etc/passwd");
    assertThat(follow("/etc/escape")).isEqualTo(passwd);
  }

  @Test
  void followsAbsoluteLinksInsideTheImage() throws IOException {
    long link = fs.symlink(fs.root(), "link", "/etc");
    assertThat(find("/link")).isEqualTo(link);
    assertThat(follow("/link")).isEqualTo(etc);
    assertThat(find("/link/passwd")).isEqualTo(passwd);
    assertThat(lookup.find(FsPath.of("/link/passwd")).orElseThrow().path())
        .isEqualTo(FsPath.of("/etc/passwd"));
  }

  @Test
  void followsRelativeLinksFromTheDirectoryThatHoldsThem() throws IOException {
    long deep = fs.directory(fs.directory(fs.root(), "a"), "b");
    fs.symlink(deep, "up", "../../etc/passwd");
    assertThat(follow("/a/b/up")).isEqualTo(passwd);
    fs.symlink(fs.root(), "b", "a/b");
    assertThat(follow("/b/../b/up")).isEqualTo(passwd);
  }

  @Test
  void givesUpOnLinksThatLeadInACircle() throws IOException {
    fs.symlink(fs.root(), "self", "self");
    fs.symlink(fs.root(), "ping", "/pong");
    fs.symlink(fs.root(), "pong", "/ping");
    assertThat(follow("/self")).isEqualTo(-1);
    assertThat(follow("/ping")).isEqualTo(-1);
    assertThat(find("/ping/below")).isEqualTo(-1);
  }

  @Test
  void followsAsManyLinksAsTheKernelAndNoMore() throws IOException {
    fs.symlink(fs.root(), "link1", "etc/passwd");
    for (int i = 2; i <= PathLookup.MAX_SYMLINKS + 1; i++) {
      fs.symlink(fs.root(), "link" + i, "link" + (i - 1));
    }
    assertThat(follow("/link" + PathLookup.MAX_SYMLINKS)).isEqualTo(passwd);
    assertThat(follow("/link" + (PathLookup.MAX_SYMLINKS + 1))).isEqualTo(-1);
  }

  @Test
  void doesNotTakeALostNameForAbsent() throws IOException {
    fs.loseNames(etc);
    assertThat(find("/etc/passwd")).isEqualTo(passwd);
    assertThatExceptionOfType(CorruptImageException.class)
        .isThrownBy(() -> find("/etc/shadow"))
        .satisfies(e -> assertThat(e.fault()).isEqualTo(FileTreeFault.DIRECTORY_INCOMPLETE));
  }

  @Test
  void tellsDamageFromAbsence() {
    fs.damage(passwd);
    assertThatExceptionOfType(CorruptImageException.class).isThrownBy(() -> find("/etc/passwd"));
  }
}
