package io.amivet.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.fs.memory.MemoryFileSystem;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Compare glob(3) of the GNU C library. */
class ImageGlobTest {
  private final MemoryFileSystem fs = new MemoryFileSystem();
  private long etc;

  @BeforeEach
  void fill() {
    etc = fs.directory(MemoryFileSystem.ROOT, "etc");
    long d = fs.directory(etc, "conf.d");
    fs.file(d, "b.conf", "b");
    fs.file(d, "a.conf", "a");
    fs.file(d, ".hidden.conf", "h");
    fs.file(d, "a.conf.rpmsave", "old");
    fs.file(fs.directory(d, "sub"), "c.conf", "c");
    fs.directory(d, "dir.conf");
  }

  private java.util.List<String> expand(String pattern) throws IOException {
    return ScanBed.image(ScanBed.mount(fs)).glob(pattern);
  }

  @Test
  void matchesWithinOneNameAndLeavesOutHiddenOnesAndDirectories() throws IOException {
    assertThat(expand("/etc/conf.d/*.conf"))
        .containsExactly("/etc/conf.d/a.conf", "/etc/conf.d/b.conf");
    assertThat(expand("/etc/conf.d/.*.conf")).containsExactly("/etc/conf.d/.hidden.conf");
    assertThat(expand("/etc/*/[b-z].conf")).containsExactly("/etc/conf.d/b.conf");
  }

  @Test
  void followsLinksToDirectoriesAndFiles() throws IOException {
    fs.symlink(etc, "linked.d", "conf.d");
    fs.symlink(fs.directory(etc, "links"), "x.conf", "/etc/conf.d/a.conf");
    assertThat(expand("/etc/linked.d/?.conf"))
        .containsExactly("/etc/linked.d/a.conf", "/etc/linked.d/b.conf");
    assertThat(expand("/etc/links/*.conf")).containsExactly("/etc/links/x.conf");
  }

  @Test
  void aLiteralPathIsItselfIfItExists() throws IOException {
    assertThat(expand("/etc/conf.d/a.conf")).containsExactly("/etc/conf.d/a.conf");
    assertThat(expand("/etc/conf.d/none")).isEmpty();
    assertThat(expand("/etc/none/*")).isEmpty();
  }

  @Test
  void twoStarsReachAnyDepth() throws IOException {
    assertThat(expand("/etc/**/c.conf")).containsExactly("/etc/conf.d/sub/c.conf");
  }

  @Test
  void aLoopOfLinksEnds() throws IOException {
    fs.symlink(etc, "one", "two");
    fs.symlink(etc, "two", "one");
    assertThat(expand("/etc/one/*")).isEmpty();
  }
}
