package io.amivet.fs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FsPathTest {
  private static final byte[] NOT_UTF8 = {(byte) 0xff, 'x'};

  @Test
  void dropsRepeatedAndFinalSlashes() {
    assertThat(FsPath.of("//etc///passwd/")).isEqualTo(FsPath.of("/etc/passwd"));
    assertThat(FsPath.of("etc/passwd")).hasToString("/etc/passwd");
    assertThat(FsPath.of("")).isEqualTo(FsPath.ROOT);
    assertThat(FsPath.of("/").isRoot()).isTrue();
  }

  @Test
  void splitsIntoParentAndNames() {
    FsPath path = FsPath.of("/a/bc/d");
    assertThat(path.parent()).isEqualTo(FsPath.of("/a/bc"));
    assertThat(FsPath.of("/a").parent()).isEqualTo(FsPath.ROOT);
    assertThat(FsPath.ROOT.parent()).isEqualTo(FsPath.ROOT);
    assertThat(path.name()).isEqualTo(new byte[] {'d'});
    assertThat(FsPath.ROOT.name()).isEmpty();
    assertThat(path.names().stream().map(n -> new String(n, StandardCharsets.UTF_8)))
        .containsExactly("a", "bc", "d");
    assertThat(FsPath.ROOT.names()).isEmpty();
  }

  @Test
  void keepsBytesThatAreNotText() {
    FsPath path = FsPath.of("/tmp").resolve(NOT_UTF8);
    assertThat(path.utf8()).isEmpty();
    assertThat(path.toBytes()).isEqualTo(new byte[] {'/', 't', 'm', 'p', '/', (byte) 0xff, 'x'});
    assertThat(path).hasToString("/tmp/\ufffdx");
    assertThat(path.latin1()).isEqualTo("/tmp/\u00ffx");
    assertThat(FsPath.of("/tmp/é").utf8()).contains("/tmp/é");
  }

  @Test
  void knowsWhatLiesBelowIt() {
    assertThat(FsPath.of("/etc/ssh").startsWith(FsPath.of("/etc"))).isTrue();
    assertThat(FsPath.of("/etc").startsWith(FsPath.of("/etc"))).isTrue();
    assertThat(FsPath.of("/etcetera").startsWith(FsPath.of("/etc"))).isFalse();
    assertThat(FsPath.of("/etc").startsWith(FsPath.ROOT)).isTrue();
    assertThat(FsPath.ROOT.startsWith(FsPath.of("/etc"))).isFalse();
  }

  @Test
  void sortsByUnsignedBytes() {
    FsPath high = FsPath.ROOT.resolve(NOT_UTF8);
    assertThat(List.of(high, FsPath.of("/z"), FsPath.of("/a")).stream().sorted())
        .containsExactly(FsPath.of("/a"), FsPath.of("/z"), high);
  }

  @Test
  void isAValue() {
    byte[] bytes = FsPath.of("/a").toBytes();
    bytes[1] = 'b';
    assertThat(FsPath.of("/a"))
        .isEqualTo(FsPath.ROOT.resolve("a"))
        .hasSameHashCodeAs(FsPath.of("/a"));
    assertThat(FsPath.of("/a").byteAt(1)).isEqualTo((byte) 'a');
    assertThat(FsPath.of("/a").length()).isEqualTo(2);
  }
}
