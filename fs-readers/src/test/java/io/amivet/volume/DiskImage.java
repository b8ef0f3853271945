package io.amivet.volume;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.block.MemoryDevice;
import io.amivet.testdata.TestImages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** A fixture of {@code make-volumes.sh}, to be damaged, with what sfdisk and blkid say of it. */
final class DiskImage {
  private final String name;
  private byte[] bytes;

  private DiskImage(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
  }

  static DiskImage of(String name) throws IOException {
    try (InputStream packed = TestImages.resource("images/" + name + ".img.gz");
        InputStream in = new GZIPInputStream(packed)) {
      return new DiskImage(name, in.readAllBytes());
    }
  }

  BlockDevice device() {
    return new MemoryDevice(name + ".img", bytes);
  }

  byte[] bytes() {
    return bytes;
  }

  DiskImage flip(int offset) {
    bytes[offset] ^= 1;
    return this;
  }

  DiskImage put(int offset, byte... values) {
    System.arraycopy(values, 0, bytes, offset, values.length);
    return this;
  }

  DiskImage zero(int offset, int length) {
    Arrays.fill(bytes, offset, offset + length, (byte) 0);
    return this;
  }

  DiskImage truncate(int length) {
    bytes = Arrays.copyOf(bytes, length);
    return this;
  }

  /** A partition as sfdisk and blkid see it. */
  record Expected(
      int number, ByteRange range, String table, String type, String label, String uuid) {}

  JsonNode sfdisk() throws IOException {
    try (InputStream in = TestImages.resource("images/" + name + ".sfdisk.json")) {
      return new ObjectMapper().readTree(in).get("partitiontable");
    }
  }

  List<Expected> expected() throws IOException {
    JsonNode table = sfdisk().get("partitions");
    List<Expected> all = new ArrayList<>();
    String blkid;
    try (InputStream in = TestImages.resource("images/" + name + ".blkid.tsv")) {
      blkid = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    for (String line : blkid.lines().toList()) {
      List<String> fields = List.of(line.split("\t"));
      JsonNode entry = table.get(all.size());
      all.add(
          new Expected(
              Integer.parseInt(fields.get(0)),
              new ByteRange(Long.parseLong(fields.get(1)), Long.parseLong(fields.get(2))),
              entry.get("type").asText(),
              value(fields, "TYPE="),
              value(fields, "LABEL="),
              value(fields, "UUID=")));
    }
    return all;
  }

  private static String value(List<String> fields, String key) {
    for (String field : fields) {
      if (field.startsWith(key)) {
        return field.substring(key.length());
      }
    }
    return "";
  }
}
