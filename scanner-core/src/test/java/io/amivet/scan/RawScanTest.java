package io.amivet.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.block.MemoryDevice;
import io.amivet.finding.Finding;
import io.amivet.finding.Origin;
import io.amivet.match.JavaMatchEngine;
import io.amivet.rule.Rule;
import io.amivet.volume.Volume;
import io.amivet.volume.VolumeState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RawScanTest {
  private static final int MIB = 1 << 20;

  private static OpenedVolume swap(byte[] bytes) {
    BlockDevice device = new MemoryDevice("swap", bytes);
    Volume volume =
        new Volume(
            2,
            device,
            "linux-swap",
            "p2",
            "swap",
            "",
            "",
            VolumeState.UNSUPPORTED,
            "",
            false,
            null);
    return new OpenedVolume("disk", volume, null, new AnomalyLog());
  }

  private static RawScan.Result scan(byte[] bytes, Rule... rules) {
    List<Rule> content = List.of(rules);
    return new RawScan(
            swap(bytes),
            content,
            new JavaMatchEngine(content).open(),
            ScanBed.builder(),
            new ScanProgress())
        .run();
  }

  private static byte[] with(int sizeBytes, int at, String text) {
    byte[] bytes = new byte[sizeBytes];
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(ascii, 0, bytes, at, ascii.length);
    return bytes;
  }

  @Test
  void findsASecretInBytesOfNoFileAndSaysWhere() {
    RawScan.Result result = scan(with(9 * MIB, 5 * MIB + 77, "x token-abcdef y"), ScanBed.TOKEN);
    assertThat(result.problems()).isEmpty();
    assertThat(result.bytes()).isEqualTo(9 * MIB);
    Finding finding = result.findings().getFirst();
    assertThat(result.findings()).hasSize(1);
    assertThat(finding.origin()).isEqualTo(Origin.UNALLOCATED);
    assertThat(finding.fields()).containsEntry("place", "swap volume");
    assertThat(finding.imageOffset()).isBetween(5L * MIB + 77, 5L * MIB + 95);
    assertThat(finding.offset()).isEqualTo(finding.imageOffset());
  }

  @Test
  void findsASecretAcrossTheBorderOfTwoWindowsOnce() {
    RawScan.Result result = scan(with(9 * MIB, 4 * MIB - 4, "token-abcdef "), ScanBed.TOKEN);
    assertThat(result.findings()).hasSize(1);
  }

  @Test
  void reportsASecretOnceHoweverOftenItLiesThere() {
    byte[] bytes = with(3 * MIB, 1000, "token-abcdef ");
    System.arraycopy(bytes, 1000, bytes, 2 * MIB, 13);
    assertThat(scan(bytes, ScanBed.TOKEN).findings()).hasSize(1);
  }

  @Test
  void meetsWhatIsFreeWithWhatHoldsData() {
    List<ByteRange> free = List.of(new ByteRange(0, 10), new ByteRange(20, 20));
    List<ByteRange> data = List.of(new ByteRange(5, 20), new ByteRange(30, 100));
    assertThat(RawScan.intersection(free, data))
        .containsExactly(new ByteRange(5, 5), new ByteRange(20, 5), new ByteRange(30, 10));
    assertThat(RawScan.intersection(free, List.of())).isEmpty();
  }
}
