package io.amivet.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.amivet.block.AnomalyLog;
import io.amivet.block.CorruptImageException;
import io.amivet.finding.Coverage;
import io.amivet.finding.Finding;
import io.amivet.fs.FsPath;
import io.amivet.fs.PathLookup;
import io.amivet.fs.TreeWalk;
import io.amivet.fs.memory.MemoryFileSystem;
import io.amivet.volume.VolumeState;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountScanTest {
  private final MemoryFileSystem fs = new MemoryFileSystem();
  private final ScanBed bed = new ScanBed();

  @Test
  void findsATokenBehindAHoleAndSaysWhereItIsOnTheImage() throws Exception {
    fs.sparseFile(MemoryFileSystem.ROOT, "sparse", 1L << 40, 1L << 39, "xx token-abcdef");
    List<Finding> findings = bed.scan(ScanBed.mount(fs), 1, ScanBed.TOKEN).findings();
    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().offset()).isEqualTo((1L << 39) + 9);
    assertThat(findings.getFirst().imageOffset()).isEqualTo(4096 + 9);
  }

  @Test
  void aLostBlockCostsOneFileAndMakesTheCoverageIncomplete() throws Exception {
    fs.file(MemoryFileSystem.ROOT, "good", "token-abcdef");
    fs.loseBlocks(fs.file(MemoryFileSystem.ROOT, "gone", "token-ghijkl"));
    Mount mount = ScanBed.mount(fs);
    MountScan.Result result = bed.scan(mount, 2, ScanBed.TOKEN);
    assertThat(result.findings()).extracting(f -> f.path().toString()).containsExactly("/good");
    assertThat(result.filesScanned()).isEqualTo(1);
    assertThat(result.bytesScanned()).isEqualTo("token-abcdef".length());
    assertThat(bed.skips.toList())
        .singleElement()
        .satisfies(skipped -> assertThat(skipped.reason()).contains("could not be fetched"));

    CoverageBuilder coverage = new CoverageBuilder(bed.skips);
    coverage.add(mount.volume(), mount.tree(), result);
    Coverage built = coverage.build(List.of(ScanBed.DISK), new AnomalyLog());
    assertThat(coverage.reasons()).containsExactly("volume 1 (p1): 1 file not read in full");
    assertThat(built.complete()).isFalse();
  }

  @Test
  void aRootThatIsNoDirectoryIsNotTheRootOfAnything() {
    fs.rootIsAFile();
    assertThatExceptionOfType(CorruptImageException.class)
        .isThrownBy(() -> TreeWalk.walk(fs, new AnomalyLog()))
        .withMessageContaining("root is not a directory");
    assertThatExceptionOfType(CorruptImageException.class)
        .isThrownBy(() -> new PathLookup(fs).find(FsPath.ROOT));
  }

  @Test
  void aSourceThatFailsForFileAfterFileIsGivenUp() throws Exception {
    for (int i = 0; i < 300; i++) {
      fs.loseBlocks(fs.file(MemoryFileSystem.ROOT, "f" + i, "text"));
    }
    MountScan.Result result = bed.scan(ScanBed.mount(fs), 1, ScanBed.TOKEN);
    assertThat(result.filesScanned()).isZero();
    assertThat(bed.skips.total()).isEqualTo(300);
    assertThat(bed.skips.toList())
        .filteredOn(skipped -> skipped.reason().startsWith("not tried"))
        .hasSize(200);
  }

  @Test
  void givesTheSameFindingsWithAnyNumberOfThreads() throws Exception {
    for (int i = 0; i < 200; i++) {
      fs.file(MemoryFileSystem.ROOT, "f" + i, "token-abcde" + (char) ('a' + i % 26));
    }
    List<String> alone = ids(1);
    assertThat(alone).hasSize(200);
    assertThat(ids(4)).isEqualTo(alone);
  }

  private List<String> ids(int threads) throws Exception {
    return bed.scan(ScanBed.mount(fs), threads, ScanBed.TOKEN).findings().stream()
        .map(Finding::id)
        .sorted()
        .toList();
  }

  @Test
  void idsDoNotDependOnOffsetOrMountPointButOnSecretAndPath() throws Exception {
    fs.file(MemoryFileSystem.ROOT, "a", "token-abcdef");
    String id = only(ScanBed.mount(fs)).id();
    MemoryFileSystem moved = new MemoryFileSystem();
    moved.file(MemoryFileSystem.ROOT, "before", "something else");
    moved.file(MemoryFileSystem.ROOT, "a", "some lines\nmore\ntoken-abcdef");
    Finding second = only(ScanBed.mount("/srv", 7, moved));
    assertThat(second.id()).isEqualTo(id).matches("[0-9a-f]{32}");
    assertThat(second.fields()).containsEntry("mountedAs", "/srv/a");
    assertThat(second.path()).hasToString("/a");

    MemoryFileSystem other = new MemoryFileSystem();
    other.file(MemoryFileSystem.ROOT, "a", "token-abcdeg");
    assertThat(only(ScanBed.mount(other)).id()).isNotEqualTo(id);
  }

  private Finding only(Mount mount) throws Exception {
    List<Finding> findings = bed.scan(mount, 1, ScanBed.TOKEN).findings();
    assertThat(findings).hasSize(1);
    return findings.getFirst();
  }

  @Test
  void oneSecretTwiceInAFileIsOneFinding() throws Exception {
    fs.file(MemoryFileSystem.ROOT, "a", "token-abcdef\ntoken-abcdef\n");
    assertThat(only(ScanBed.mount(fs)).line()).isEqualTo(1);
  }

  @Test
  void saysWhyTheWholeIsIncomplete() {
    CoverageBuilder coverage = new CoverageBuilder(bed.skips);
    coverage.add(closed(1, VolumeState.ENCRYPTED, "LUKS2"), null, null);
    coverage.add(closed(2, VolumeState.EMPTY, "only zeros"), null, null);
    coverage.build(List.of(ScanBed.DISK), new AnomalyLog());
    assertThat(coverage.reasons())
        .containsExactly("volume 1 (p1) is encrypted: crypto_LUKS, LUKS2");
  }

  @Test
  void aDiskWithoutAnyVolumeIsNotCalledClean() {
    CoverageBuilder none = new CoverageBuilder(bed.skips);
    none.build(List.of(ScanBed.DISK), new AnomalyLog());
    assertThat(none.reasons()).containsExactly("no file system that amivet reads was found");
    CoverageBuilder zeros = new CoverageBuilder(bed.skips);
    zeros.add(closed(1, VolumeState.EMPTY, "only zeros"), null, null);
    zeros.build(List.of(ScanBed.DISK), new AnomalyLog());
    assertThat(zeros.reasons()).containsExactly("no file system that amivet reads was found");
  }

  private static OpenedVolume closed(int index, VolumeState state, String reason) {
    return new OpenedVolume(
        ScanBed.DISK.name(), ScanBed.volume(index, "", "", state, reason), null, new AnomalyLog());
  }
}
