package io.amivet.xfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.block.MemoryDevice;
import io.amivet.testdata.TestImages;
import io.amivet.testing.WholeRead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs whose records are whole by their checksums and nonsense by their contents. */
class LogMutationTest {
  private static final int ROUNDS = 40;
  private static final int CHANGES = 6;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"xfs-log-b1024", "xfs-log-rmapbt", "xfs-log-wrapped"})
  @Timeout(120)
  void survivesChangesOfItsRecords(String name) throws IOException {
    byte[] good = Files.readAllBytes(TestImages.unpack(name, folder));
    int read = 0;
    for (int seed = 0; seed < ROUNDS; seed++) {
      LogImage log = LogImage.of(good.clone());
      Random random = new Random(seed);
      for (int i = 0; i < CHANGES; i++) {
        LogRecord record = log.records.get(random.nextInt(log.records.size()));
        change(log, record, random);
        log.sealed(record);
      }
      byte[] bad = log.image.bytes;
      read += WholeRead.of(new XfsFormat(), new MemoryDevice(name + " seed " + seed, bad));
    }
    assertThat(read).isPositive();
  }

  /** Flips, zeroes, copies or splices something inside a record, or in its header. */
  private static void change(LogImage log, LogRecord record, Random random) {
    byte[] bytes = log.image.bytes;
    int header = log.headerOffset(record);
    int payload = log.payloadOffset(record);
    int end = Math.min(bytes.length, payload + record.payloadBytes());
    int at = payload + random.nextInt(end - payload);
    int length = Math.min(end - at, 1 + random.nextInt(64));
    switch (random.nextInt(6)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> Arrays.fill(bytes, at, at + length, (byte) 0);
      case 2 -> Arrays.fill(bytes, at, at + length, (byte) 0xff);
      case 3 -> System.arraycopy(bytes, payload, bytes, at, length);
      case 4 -> bytes[header + 0x18 + random.nextInt(0x20)] ^= (byte) (1 << random.nextInt(8));
      default -> {
        LogRecord other = log.records.get(random.nextInt(log.records.size()));
        int from = log.payloadOffset(other);
        System.arraycopy(bytes, from, bytes, at, Math.min(length, bytes.length - from));
      }
    }
  }
}
