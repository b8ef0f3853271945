package io.amivet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.amivet.block.ByteRange;
import io.amivet.fs.memory.MemoryFileSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LsCommandTest {
  /** {@code printf 'hello\n' | sha256sum}. */
  private static final String SHA256_OF_HELLO =
      "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";

  private final MemoryFileSystem fs = new MemoryFileSystem();
  private final CommandRun command = new CommandRun().with(fs);
  private long etc;

  @BeforeEach
  void fill() {
    etc = fs.directory(MemoryFileSystem.ROOT, "etc");
    fs.file(etc, "motd", "hello\n");
    fs.symlink(etc, "mtab", "/proc/mounts");
  }

  @Test
  void listsOneDirectorySortedByName() {
    assertThat(command.run("ls", "a.img", "/etc")).isZero();
    assertThat(command.out()).isEqualTo("/etc/motd\n/etc/mtab\n");
  }

  @Test
  void showsTheColumnsOfLs() {
    fs.file(etc, "su".getBytes(StandardCharsets.UTF_8), 06755, "");
    assertThat(command.run("ls", "-l", "a.img", "/etc")).isZero();
    assertThat(command.out().lines())
        .containsExactly(
            "-rw-r--r--   1  1000   100           6 2024-02-03 04:05:06 /etc/motd",
            "lrwxrwxrwx   1  1000   100          12 2024-02-03 04:05:06 /etc/mtab -> /proc/mounts",
            "-rwsr-sr-x   1  1000   100           0 2024-02-03 04:05:06 /etc/su");
  }

  @Test
  void writesOneJsonObjectForEachEntry() {
    assertThat(command.run("ls", "-R", "--json", "--sha256", "a.img")).isZero();
    List<String> lines = command.out().lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(2))
        .isEqualTo(
            "{\"volume\":1,\"path\":\"/etc/motd\",\"type\":\"file\",\"size\":6,\"mode\":\"0644\","
                + "\"uid\":1000,\"gid\":100,\"nlink\":1,\"inode\":12,"
                + "\"mtime\":\"2024-02-03T04:05:06.000000789Z\",\"sha256\":\""
                + SHA256_OF_HELLO
                + "\"}");
    assertThat(lines.get(3)).contains("\"type\":\"symlink\"", "\"target\":\"/proc/mounts\"}");
  }

  @Test
  void aNameThatIsNotUtf8KeepsItsBytesInBase64() throws IOException {
    byte[] name = {'a', (byte) 0xff, '"', '\n'};
    fs.file(etc, name, 0644, "");
    command.run("ls", "--json", "a.img", "/etc");
    JsonNode first = new ObjectMapper().readTree(command.out().lines().findFirst().orElseThrow());
    assertThat(first.get("path").textValue()).isEqualTo("/etc/a\ufffd\"\n");
    byte[] path = Base64.getDecoder().decode(first.get("pathBase64").textValue());
    assertThat(path).endsWith(name).hasSize(9);
  }

  @Test
  void aHostileNameCannotSteerTheTerminal() {
    fs.file(etc, "\u001b]0;owned\u0007\u202etxt.exe\n", "");
    fs.symlink(etc, "zz", "\u001b[2J");
    command.run("ls", "-l", "a.img", "/etc");
    command.run("ls", "--json", "a.img", "/etc");
    command.run("stat", "a.img", "/etc/motd");
    assertThat(command.out())
        .contains("/etc/\\x1b]0;owned\\x07\\xe2\\x80\\xaetxt.exe\\x0a\n")
        .contains(" -> \\x1b[2J\n")
        .doesNotContain("\u001b", "\u0007", "\u202e");
  }

  @Test
  void aNameCanBeTypedTheWayItIsShown() {
    fs.file(etc, new byte[] {'x', (byte) 0x80}, 0644, "found\n");
    assertThat(command.run("cat", "a.img", "/etc/x\\x80")).isZero();
    assertThat(command.out()).isEqualTo("found\n");
  }

  @Test
  void severalVolumesGetHeadings() {
    MemoryFileSystem second = new MemoryFileSystem();
    second.file(MemoryFileSystem.ROOT, "vmlinuz", "");
    command.with(second).run("ls", "a.img");
    assertThat(command.out())
        .isEqualTo("volume 1 (p1, memory):\n/etc\n\nvolume 2 (p2, memory):\n/vmlinuz\n");
  }

  @Test
  void hashesInTheOrderOfTheDiskAndAnnouncesItFirst() {
    // The later file comes first in its directory's order of inodes but last on the disk.
    for (int i = 0; i < 20; i++) {
      fs.file(etc, "f" + (20 - i), "text " + i);
    }
    assertThat(command.run("ls", "-R", "--sha256", "a.img")).isZero();
    List<ByteRange> announced = new ArrayList<>(fs.prefetched().getLast());
    assertThat(fs.prefetched()).anySatisfy(batch -> assertThat(batch).hasSize(21).isSorted());
    assertThat(announced).isNotEmpty();
  }

  @Test
  void allNamesOfAnInodeShowTheSameDigest() {
    long number = fs.file(etc, "one", "hello\n");
    fs.link(etc, "two", number);
    command.run("ls", "--sha256", "a.img", "/etc");
    assertThat(command.out())
        .contains(SHA256_OF_HELLO + "  /etc/one", SHA256_OF_HELLO + "  /etc/two");
  }

  @Test
  void aDamagedFileCostsItselfAndTheExitCode() {
    fs.damage(fs.file(etc, "bad", "gone"));
    assertThat(command.run("ls", "--sha256", "a.img", "/etc")).isEqualTo(4);
    assertThat(command.out()).contains(SHA256_OF_HELLO + "  /etc/motd\n").startsWith("/etc/bad\n");
    assertThat(command.err()).contains("cannot read /etc/bad: damaged on purpose");
  }

  @Test
  void aFileThatClaimsYearsOfZerosIsNotHashed() {
    fs.sparseFile(etc, "huge", Long.MAX_VALUE, 0, "x");
    assertThat(command.run("ls", "--sha256", "a.img", "/etc")).isEqualTo(4);
    assertThat(command.err()).contains("claims 9223372036854775807 bytes: /etc/huge");
  }

  @Test
  void filesThatClaimHoursOfZerosTogetherAreNotAllHashed() {
    for (int i = 0; i < 100; i++) {
      fs.sparseFile(etc, "huge" + i, (12L << 30) + 4096, 0, "x");
    }
    assertThat(command.run("ls", "-R", "--sha256", "a.img")).isEqualTo(4);
    assertThat(command.out()).contains(SHA256_OF_HELLO + "  /etc/motd\n");
    assertThat(command.err()).contains("cannot read /etc/huge0: files of this volume claim too");
  }

  @Test
  void aStaleVolumeIsListedButNotTakenForComplete() {
    fs.stale("its journal is not replayed");
    for (String[] line :
        new String[][] {
          {"ls", "a.img", "/etc"},
          {"ls", "-R", "a.img", "--volume", "1"},
          {"cat", "a.img", "/etc/motd"},
          {"stat", "a.img", "/etc/motd"},
          {"timeline", "a.img"}
        }) {
      assertThat(command.run(line)).as(line[0]).isEqualTo(4);
      assertThat(command.out()).contains("/etc/motd");
      assertThat(command.err()).contains("amivet: volume 1 (p1): its journal is not replayed");
    }
  }

  @Test
  void catFollowsLinksInsideTheImageOnly() {
    fs.symlink(etc, "link", "../../../etc/motd");
    assertThat(command.run("cat", "a.img", "/etc/link")).isZero();
    assertThat(command.out()).isEqualTo("hello\n");
    assertThat(command.run("cat", "a.img", "/etc/mtab")).isEqualTo(2);
  }

  @Test
  void catSaysWhichVolumeItTookIfSeveralHaveThePath() {
    MemoryFileSystem second = new MemoryFileSystem();
    second.file(second.directory(MemoryFileSystem.ROOT, "etc"), "motd", "other\n");
    command.with(second).run("cat", "a.img", "/etc/motd");
    assertThat(command.out()).isEqualTo("hello\n");
    assertThat(command.err()).contains("/etc/motd is on volumes [1, 2]; taking volume 1");
    command.run("cat", "a.img", "/etc/motd", "--volume", "2");
    assertThat(command.out()).endsWith("other\n");
  }

  @Test
  void statShowsAttributesAndExtents() {
    command.run("stat", "a.img", "/etc/motd");
    assertThat(command.out())
        .containsPattern("mode +0644 -rw-r--r--")
        .containsPattern("xattr +user.note = 0x68691b5b33316d")
        .containsPattern("extent +file 0..6 at volume offset 4096, image offset 4096");
  }
}
