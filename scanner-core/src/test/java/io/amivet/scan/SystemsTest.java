package io.amivet.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.block.AnomalyLog;
import io.amivet.fs.FileTree;
import io.amivet.fs.TreeWalk;
import io.amivet.fs.memory.MemoryFileSystem;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SystemsTest {
  private static final String PASSWD =
      """
      root:x:0:0::/root:/bin/bash
      deploy:x:1001:1001::/srv/deploy/:/bin/bash
      nobody:x:65534:65534::nonexistent:/sbin/nologin
      """;

  private final MemoryFileSystem root = new MemoryFileSystem();
  private final MemoryFileSystem data = new MemoryFileSystem();
  private final MemoryFileSystem spare = new MemoryFileSystem();

  private void fstab(String text) {
    long etc = root.directory(MemoryFileSystem.ROOT, "etc");
    root.file(etc, "fstab", text);
    root.file(etc, "passwd", PASSWD);
  }

  /** The data disk comes first, as a disk of an AMI can. */
  private List<SystemImage> assemble() throws IOException {
    Map<OpenedVolume, FileTree> walked = new LinkedHashMap<>();
    walked.put(ScanBed.opened(1, data, "the data", "AAAA-01"), walk(data));
    walked.put(ScanBed.opened(2, root, "", "bbbb-02"), walk(root));
    walked.put(ScanBed.opened(3, spare, "", "cccc-03"), walk(spare));
    return Systems.assemble(walked);
  }

  private static FileTree walk(MemoryFileSystem fs) throws IOException {
    return TreeWalk.walk(fs, new AnomalyLog());
  }

  private static List<String> places(SystemImage system) {
    return system.mounts().stream()
        .map(mount -> mount.volume().volume().index() + " " + mount.point())
        .sorted()
        .toList();
  }

  @Test
  void mountsWhatFstabNamesByUuidWhateverItsCase() throws IOException {
    fstab("# disks\nUUID=bbbb-02 / ext4 defaults 0 1\nUUID=\"aaaa-01\"\t/srv ext4 defaults\n");
    List<SystemImage> systems = assemble();
    assertThat(systems).hasSize(2);
    assertThat(places(systems.get(0))).containsExactly("1 /srv", "2 /");
    assertThat(places(systems.get(1))).containsExactly("3 /");
  }

  @Test
  void readsOctalEscapesInLabelsAndMountPoints() throws IOException {
    fstab("LABEL=the\\040data /mnt/my\\040disk ext4 defaults 0 0\n");
    assertThat(places(assemble().getFirst())).containsExactly("1 /mnt/my disk", "2 /");
  }

  @Test
  void mountsOnlyOneVolumeAtOnePlaceAndNoneOverTheRoot() throws IOException {
    fstab("UUID=aaaa-01 / ext4\nUUID=cccc-03 /srv ext4\nUUID=aaaa-01 /srv ext4\n");
    assertThat(places(assemble().getFirst())).containsExactly("2 /", "3 /srv");
  }

  @Test
  void aDiskThatNobodyMountsStandsAloneWithTheAccountsOfTheRoot() throws IOException {
    fstab("");
    SystemImage alone = assemble().get(1);
    assertThat(places(alone)).containsExactly("1 /");
    assertThat(alone.accounts()).extracting(account -> account.name()).contains("deploy");
  }

  @Test
  void withoutAnyFstabEveryVolumeStandsForItself() throws IOException {
    assertThat(assemble()).hasSize(3).allSatisfy(one -> assertThat(one.mounts()).hasSize(1));
  }

  @Test
  void readsAFileFromTheVolumeThatIsMountedThere() throws IOException {
    fstab("UUID=aaaa-01 /srv ext4\n");
    root.file(root.directory(MemoryFileSystem.ROOT, "srv"), "hidden", "under the mount point");
    data.file(MemoryFileSystem.ROOT, "seen", "on the data disk");
    SystemImage system = assemble().getFirst();
    assertThat(system.read("/srv/seen")).isPresent();
    assertThat(system.read("/srv/hidden")).isEmpty();
    assertThat(system.read("/srv")).as("a directory").isEmpty();
  }

  @Test
  void homesAreThoseOfAccountsAndTheDirectoriesBelowHome() throws IOException {
    fstab("UUID=aaaa-01 /srv ext4\n");
    long home = root.directory(MemoryFileSystem.ROOT, "home");
    long domain = root.directory(home, "EXAMPLE");
    root.directory(root.directory(domain, "alice"), "Documents");
    root.directory(home, ".snapshots");
    assertThat(HomeDirectories.of(assemble().getFirst()))
        .containsExactly(
            "/etc/skel", "/home/EXAMPLE", "/home/EXAMPLE/alice", "/root", "/srv/deploy");
  }

  @Test
  void theTopDirectoriesOfADiskWithoutAccountsMayBeHomes() throws IOException {
    fstab("");
    data.directory(data.directory(MemoryFileSystem.ROOT, "bob"), "src");
    assertThat(HomeDirectories.of(assemble().get(1)))
        .contains("", "/bob")
        .doesNotContain("/bob/src");
  }
}
