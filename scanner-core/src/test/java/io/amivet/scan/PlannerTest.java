package io.amivet.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.artifact.ImageView;
import io.amivet.fs.memory.MemoryFileSystem;
import io.amivet.plan.PlannedFile;
import io.amivet.plan.ScanPlan;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private final MemoryFileSystem fs = new MemoryFileSystem();
  private final ScanBed bed = new ScanBed();

  private static List<String> searched(ScanPlan plan) {
    return plan.files().stream().filter(PlannedFile::tokens).map(PlannedFile::mountedPath).toList();
  }

  @Test
  void goesInTheOrderOfTheDisk() throws IOException {
    fs.file(MemoryFileSystem.ROOT, "z", "first on disk");
    fs.file(MemoryFileSystem.ROOT, "a", "second");
    fs.file(MemoryFileSystem.ROOT, "empty", "");
    ScanPlan plan = bed.plan(ScanBed.mount(fs), Depth.FULL, ScanBed.TOKEN);
    assertThat(searched(plan)).containsExactly("/z", "/a");
    assertThat(plan.diskBytes()).isEqualTo(19);
  }

  @Test
  void aQuickScanReadsOnlyWhatRulesNameAndOfThatNoMoreThanParsersTake() throws IOException {
    long big = fs.sparseFile(MemoryFileSystem.ROOT, "log", 1L << 40, 0, "start");
    assertThat(big).isPositive();
    fs.file(MemoryFileSystem.ROOT, "other", "text");
    ScanPlan plan =
        bed.plan(ScanBed.mount(fs), Depth.QUICK, ScanBed.exists("TEST-002", "/log"), ScanBed.TOKEN);
    assertThat(plan.files()).hasSize(1);
    assertThat(searched(plan)).isEmpty();
    assertThat(plan.ranges()).hasSize(1);
    fs.sparseFile(MemoryFileSystem.ROOT, "log2", 1L << 40, ImageView.MAX_FILE_BYTES, "far");
    ScanPlan far = bed.plan(ScanBed.mount(fs), Depth.QUICK, ScanBed.exists("TEST-002", "/log2"));
    assertThat(far.ranges()).as("nothing of it is ever read").isEmpty();
    assertThat(far.diskBytes()).isZero();
  }

  @Test
  void aPlanAsksTheSourceForAllThatItReads() throws IOException {
    fs.file(MemoryFileSystem.ROOT, "a", "one");
    fs.file(MemoryFileSystem.ROOT, "b", "two");
    ScanPlan plan = bed.plan(ScanBed.mount(fs), Depth.FULL, ScanBed.TOKEN);
    fs.prefetched().clear();
    plan.prefetch(fs.volume());
    assertThat(fs.prefetched().stream().flatMap(List::stream).mapToLong(r -> r.length()).sum())
        .isEqualTo(6);
  }

  @Test
  void hardLinksAreSearchedOnceUnderTheirFirstName() throws IOException {
    long file = fs.file(MemoryFileSystem.ROOT, "b", "text");
    fs.link(MemoryFileSystem.ROOT, "a", file);
    fs.link(MemoryFileSystem.ROOT, "c", file);
    ScanPlan plan = bed.plan(ScanBed.mount(fs), Depth.FULL, ScanBed.TOKEN);
    assertThat(searched(plan)).containsExactly("/a");
    ScanPlan named =
        bed.plan(ScanBed.mount(fs), Depth.FULL, ScanBed.TOKEN, ScanBed.exists("TEST-002", "/c"));
    assertThat(named.files())
        .extracting(PlannedFile::mountedPath)
        .containsExactlyInAnyOrder("/a", "/c");
  }

  @Test
  void aLinkWhereARuleLooksLeadsToTheFileElsewhere() throws IOException {
    long keys = fs.directory(MemoryFileSystem.ROOT, "keys");
    fs.file(keys, "real", "text");
    fs.symlink(MemoryFileSystem.ROOT, "linked", "/keys/real");
    fs.symlink(MemoryFileSystem.ROOT, "again", "/named");
    fs.symlink(MemoryFileSystem.ROOT, "nowhere", "/gone");
    fs.file(MemoryFileSystem.ROOT, "named", "text");
    ScanPlan plan =
        bed.plan(
            ScanBed.mount(fs),
            Depth.QUICK,
            ScanBed.exists("TEST-002", "/linked"),
            ScanBed.exists("TEST-003", "/{again,named,nowhere}"));
    assertThat(plan.files())
        .extracting(PlannedFile::mountedPath)
        .as("a file that its own name shows is not read again")
        .containsExactlyInAnyOrder("/linked", "/named");
  }

  @Test
  void aNameInAnExcludedFolderDoesNotHideTheOtherName() throws IOException {
    long share = fs.directory(fs.directory(MemoryFileSystem.ROOT, "usr"), "share");
    long file = fs.file(fs.directory(share, "doc"), "x", "token-abcdef");
    fs.link(MemoryFileSystem.ROOT, "zz", file);
    assertThat(searched(bed.plan(ScanBed.mount(fs), Depth.FULL, ScanBed.TOKEN)))
        .containsExactly("/zz");
  }

  @Test
  void whatCannotBeLocatedOrIsCiphertextIsSkippedWithAReason() throws IOException {
    fs.encrypt(fs.file(MemoryFileSystem.ROOT, "cipher", "text"));
    fs.damage(fs.file(MemoryFileSystem.ROOT, "damaged", "text"));
    fs.loseMap(fs.file(MemoryFileSystem.ROOT, "lost", "text"));
    fs.file(MemoryFileSystem.ROOT, "sound", "text");
    Mount mount = ScanBed.mount(fs);
    assertThat(searched(bed.plan(mount, Depth.FULL, ScanBed.TOKEN))).containsExactly("/sound");
    assertThat(bed.skips.toList())
        .extracting(skipped -> skipped.path().toString())
        .containsExactly("/cipher", "/damaged", "/lost");
    assertThat(bed.skips.toList().getFirst().reason()).contains("fscrypt");
    assertThat(mount.volume().anomalies().count("memory.damaged")).isEqualTo(1);
  }
}
