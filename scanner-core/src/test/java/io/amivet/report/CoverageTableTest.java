package io.amivet.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.block.MemoryDevice;
import io.amivet.finding.Coverage;
import io.amivet.fs.JournalState;
import io.amivet.volume.Volume;
import io.amivet.volume.VolumeState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoverageTableTest {
  private static Coverage.VolumeCoverage covered(int index, String name, String contents) {
    Volume volume =
        new Volume(
            index,
            new MemoryDevice("disk", new byte[0]),
            "linux",
            name,
            contents,
            "",
            "",
            VolumeState.UNSUPPORTED,
            "REASON of some length, so that it must be cut",
            true,
            null);
    return new Coverage.VolumeCoverage(volume, "disk", JournalState.NONE, 0, 0, 0, 0, false);
  }

  private static List<String> rows(int columns, Coverage.VolumeCoverage... volumes) {
    Coverage coverage =
        new Coverage(List.of(volumes), List.of(), 0, List.of(), Coverage.BlockStatistics.NONE);
    return SampleReport.write(
            new TableReporter(columns, false), SampleReport.covering(coverage), false)
        .lines()
        .filter(line -> line.contains("REASON"))
        .toList();
  }

  @Test
  void alignsTheColumnsOfVolumesWithLongNames() {
    List<String> rows =
        rows(
            100,
            covered(1, "p1", "vfat"),
            covered(2, "vg-sys/root", "xfs"),
            covered(12, "vg-sys/日本", "linux_raid_member"));
    assertThat(rows).hasSize(3);
    assertThat(rows.stream().map(row -> Lines.columns(row.substring(0, row.indexOf("REASON")))))
        .containsOnly(
            Lines.columns(rows.getFirst().substring(0, rows.getFirst().indexOf("REASON"))));
    assertThat(rows.get(1)).startsWith("   2  vg-sys/root  xfs  ");
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 100})
  void cutsNamesThatLeaveNoRoomForTheState(int columns) {
    List<String> rows =
        rows(
            columns,
            covered(1, "v".repeat(100) + "/root", "c".repeat(40)),
            covered(2, "p2", "ext4"));
    assertThat(rows).hasSize(2);
    assertThat(rows).allSatisfy(row -> assertThat(Lines.columns(row)).isLessThanOrEqualTo(columns));
    assertThat(rows.getFirst()).contains("vvv…  ccc").contains("ccc…  ");
  }
}
