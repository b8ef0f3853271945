package io.amivet.xfs;

import io.amivet.testdata.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A test image whose log is to be damaged before it is opened. */
final class LogImage {
  private static final int CHECKSUM_OFFSET = 0x20;

  final PatchedImage image;
  final LogRing ring;

  /** From the tail of the log to its head. */
  final List<LogRecord> records = new ArrayList<>();

  private LogImage(PatchedImage image) throws IOException {
    this.image = image;
    Log log = Log.find(new Metadata(image.device(), image.superblock(), image.anomalies));
    this.ring = log.ring();
    for (long at = log.tail(); at < log.head(); at = records.getLast().end()) {
      records.add(LogRecord.parse(ring, at));
    }
  }

  static LogImage of(String name, Path folder) throws IOException {
    return of(Files.readAllBytes(TestImages.unpack(name, folder)));
  }

  static LogImage of(byte[] bytes) throws IOException {
    return new LogImage(new PatchedImage(bytes));
  }

  /** Offset of a record's header in the image. */
  int headerOffset(LogRecord record) {
    return Math.toIntExact(ring.volumeOffset(record.at()));
  }

  int payloadOffset(LogRecord record) {
    return Math.toIntExact(record.payloadOffset(ring));
  }

  /** Makes a changed record pass for whole. */
  void sealed(LogRecord record) throws IOException {
    int checksum = record.computedChecksum(ring);
    image.u32(headerOffset(record) + CHECKSUM_OFFSET, Integer.reverseBytes(checksum));
  }
}
