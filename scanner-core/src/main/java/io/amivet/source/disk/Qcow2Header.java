package io.amivet.source.disk;

import io.amivet.block.BlockDevice;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import io.amivet.block.UnsupportedFeatureException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The header of a qcow2 image, {@code QCowHeader} of QEMU's docs/interop/qcow2.rst, versions 2 and
 * 3. Refcounts, snapshots, bitmaps and header extensions are not needed to read the disk as it is.
 *
 * @param clusterBits cluster size as a power of two
 * @param sizeBytes of the virtual disk
 * @param l1Entries in the first table, enough for the whole disk
 * @param extendedL2 each cluster has 32 subclusters with a state of their own
 */
record Qcow2Header(
    int version,
    int clusterBits,
    long sizeBytes,
    long l1Offset,
    long l1Entries,
    boolean extendedL2,
    Packing packing,
    List<String> notes,
    List<String> losses) {
  static final String MAGIC = "QFI\u00fb";

  private static final int V2_BYTES = 72;
  private static final int V3_BYTES = 104;
  private static final int MAX_NAME_BYTES = 1023;
  private static final int EXTENDED_L2_MIN_CLUSTER_BITS = 14;

  private static final long DIRTY = 1;
  private static final long CORRUPT = 1 << 1;
  private static final long EXTERNAL_DATA = 1 << 2;
  private static final long COMPRESSION_TYPE = 1 << 3;
  private static final long EXTENDED_L2 = 1 << 4;
  private static final long KNOWN =
      DIRTY | CORRUPT | EXTERNAL_DATA | COMPRESSION_TYPE | EXTENDED_L2;

  static Qcow2Header read(BlockDevice file) throws IOException {
    if (file.sizeBytes() < V2_BYTES) {
      throw new CorruptImageException(DiskFault.HEADER, 0, "QCowHeader", "the file ends in it");
    }
    StructView head = file.struct("QCowHeader", 0, V2_BYTES);
    long version = head.u32be(4);
    if (version < 2 || version > 3) {
      throw new UnsupportedFeatureException(file.toString(), List.of("qcow version " + version));
    }
    int headerBytes = (int) Math.min(V3_BYTES + 8, file.sizeBytes());
    if (version == 3 && headerBytes < V3_BYTES) {
      throw head.corrupt(DiskFault.HEADER, 4, "the file ends in it");
    }
    return parse(file.struct("QCowHeader", 0, headerBytes), (int) version, file);
  }

  private static Qcow2Header parse(StructView head, int version, BlockDevice file)
      throws IOException {
    long cluster_bits = head.u32be(20);
    long size = head.u64be(24);
    long l1_size = head.u32be(36);
    long l1_table_offset = head.u64be(40);
    long incompatible_features = version == 3 ? head.u64be(72) : 0;
    refuse(head, incompatible_features, file);

    boolean extendedL2 = (incompatible_features & EXTENDED_L2) != 0;
    if (cluster_bits < (extendedL2 ? EXTENDED_L2_MIN_CLUSTER_BITS : 9) || cluster_bits > 21) {
      throw head.corrupt(DiskFault.HEADER, 20, "clusters of 2^" + cluster_bits + " bytes");
    }
    if (size < 0) {
      throw head.corrupt(DiskFault.HEADER, 24, "size " + Long.toUnsignedString(size));
    }
    int bytesPerL1EntryBits = (int) cluster_bits * 2 - (extendedL2 ? 4 : 3);
    long needed = size == 0 ? 0 : ((size - 1) >>> bytesPerL1EntryBits) + 1;
    if (l1_size < needed) {
      throw head.corrupt(DiskFault.HEADER, 36, l1_size + " entries, " + needed + " are needed");
    }
    if (l1_table_offset < 0 || l1_table_offset > file.sizeBytes() - needed * Long.BYTES) {
      throw head.corrupt(DiskFault.TABLE, 40, needed + " entries at " + l1_table_offset);
    }
    return new Qcow2Header(
        version,
        (int) cluster_bits,
        size,
        l1_table_offset,
        needed,
        extendedL2,
        packing(head, incompatible_features),
        (incompatible_features & DIRTY) == 0
            ? List.of()
            : List.of(file + " was not closed properly; its refcounts may be stale"),
        (incompatible_features & CORRUPT) == 0
            ? List.of()
            : List.of(file + " is marked as corrupt by the program that wrote it last"));
  }

  private static void refuse(StructView head, long incompatible_features, BlockDevice file)
      throws IOException {
    List<String> features = new ArrayList<>();
    long crypt_method = head.u32be(32);
    if (crypt_method != 0) {
      String method = crypt_method == 1 ? "AES" : crypt_method == 2 ? "LUKS" : "" + crypt_method;
      features.add("encryption (" + method + ")");
    }
    long backing_file_offset = head.u64be(8);
    if (backing_file_offset != 0) {
      features.add("a backing file" + backingName(head, backing_file_offset, file));
    }
    if ((incompatible_features & EXTERNAL_DATA) != 0) {
      features.add("an external data file");
    }
    for (int bit = 0; bit < Long.SIZE; bit++) {
      if ((incompatible_features & ~KNOWN & 1L << bit) != 0) {
        features.add("incompatible feature bit " + bit);
      }
    }
    if (!features.isEmpty()) {
      throw new UnsupportedFeatureException("the qcow2 image " + file, features);
    }
  }

  /** Only said, never opened: the image could name any file of this machine. */
  private static String backingName(StructView head, long offset, BlockDevice file)
      throws IOException {
    long length = head.u32be(16);
    if (length == 0
        || length > MAX_NAME_BYTES
        || offset < 0
        || offset > file.sizeBytes() - length) {
      return "";
    }
    byte[] name = file.struct("backing file name", offset, (int) length).bytes(0, (int) length);
    return " (" + new String(name, StandardCharsets.UTF_8) + ")";
  }

  private static Packing packing(StructView head, long incompatible_features) throws IOException {
    if ((incompatible_features & COMPRESSION_TYPE) == 0) {
      return Packing.DEFLATE;
    }
    long header_length = head.u32be(100);
    int compression_type = header_length > V3_BYTES && head.holds(104, 1) ? head.u8(104) : 0;
    return switch (compression_type) {
      case 0 -> Packing.DEFLATE;
      case 1 -> Packing.ZSTD;
      default ->
          throw new UnsupportedFeatureException(
              "the qcow2 image", List.of("compression type " + compression_type));
    };
  }
}
