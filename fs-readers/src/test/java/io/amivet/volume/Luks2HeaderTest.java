package io.amivet.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.block.AnomalyLog;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Luks2HeaderTest {
  private static final String AREA =
      """
      {"keyslots":{"0":{"type":"luks2","key_size":64,"area":{"type":"raw"}}},
       "segments":{"0":{"type":"crypt","offset":"16777216","size":"dynamic",
         "encryption":"aes-xts-plain64","sector_size":512,"integrity":{"type":"hmac(sha256)"}}},
       "config":{"json_size":"12288","requirements":{"mandatory":["online-reencrypt"]}}}\0rest\
      """;

  @Test
  void readsCipherAndKeyOfTheFirstSegment() {
    assertThat(Luks2Segment.parse(AREA.getBytes(StandardCharsets.UTF_8)))
        .contains(
            new Luks2Segment(
                "aes-xts-plain64", 512, ", integrity hmac(sha256), requires [online-reencrypt]"));
  }

  @Test
  void survivesAnAreaWithBytesChangedAtRandom() {
    byte[] sound = AREA.getBytes(StandardCharsets.UTF_8);
    int read = 0;
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      byte[] area = sound.clone();
      area[random.nextInt(area.length)] = (byte) random.nextInt(256);
      read += Luks2Segment.parse(area).isPresent() ? 1 : 0;
    }
    assertThat(read).isBetween(50, 499);
  }

  @Test
  void boundsTheDepthOfJson() {
    assertThat(TinyJson.parse("[".repeat(100_000))).isEmpty();
    assertThat(TinyJson.parse("{\"a\":[1,\"x\",true]}"))
        .contains(Map.of("a", List.of(1L, "x", "true")));
  }

  @Test
  void takesTheSecondHeaderWhereTheFirstIsDamaged() throws Exception {
    DiskImage image = DiskImage.of("vol-signatures");
    int start = (int) luks2(image).device().imageOffset(0);

    Volume damaged = luks2(image.flip(start + 4096 + 20));

    assertThat(damaged)
        .returns(VolumeState.ENCRYPTED, Volume::state)
        .returns(
            "LUKS-encrypted (aes-cbc-essiv:sha256, 128 bits, LUKS2, first header damaged,"
                + " described by the second)",
            Volume::reason)
        .returns("vault", Volume::label);
    assertThat(luks2(image.zero(start, 4096)).contents()).isEqualTo("crypto_LUKS");
  }

  private static Volume luks2(DiskImage image) throws Exception {
    int index = 0;
    for (Partition partition :
        GptTable.read(image.device(), true, new AnomalyLog()).orElseThrow().partitions()) {
      if (partition.label().equals("luks2")) {
        return new TestTarget(image.device()).onDisk(0).get(index);
      }
      index++;
    }
    throw new AssertionError("no LUKS2 partition");
  }
}
