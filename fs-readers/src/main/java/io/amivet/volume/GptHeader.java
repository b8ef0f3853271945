package io.amivet.volume;

import io.amivet.block.BlockDevice;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * The header of one of the two copies of a GPT: {@code gpt_header} of {@code
 * block/partitions/efi.h}, UEFI 2.10 section 5.3.2. The usable range is not checked: the entries
 * speak for themselves.
 *
 * @param sectorBytes the sector size under which the header was found
 * @param alternateLba where the other copy lies
 * @param entriesCrc CRC-32 that the array of entries must have
 */
record GptHeader(
    int sectorBytes,
    long alternateLba,
    String diskGuid,
    long entriesOffset,
    int entryCount,
    int entrySizeBytes,
    long entriesCrc) {
  private static final long SIGNATURE = 0x5452415020494645L; // "EFI PART"
  private static final int MIN_HEADER_BYTES = 92;
  private static final int MIN_ENTRY_BYTES = 128;
  private static final int MAX_ENTRY_BYTES = 4096;

  /** Linux names at most 256 partitions; tables with more slots than this were never seen. */
  static final int MAX_ENTRIES = 4096;

  static boolean isAt(BlockDevice device, int sectorBytes, long lba) throws IOException {
    long offset = lba * sectorBytes;
    return offset + 8 <= device.sizeBytes()
        && device.struct("gpt_header", offset, 8).u64le(0) == SIGNATURE;
  }

  /** Where a header says that the other copy lies, even if the header is damaged; -1 if nowhere. */
  static long alternateLba(BlockDevice device, int sectorBytes, long lba) throws IOException {
    return isAt(device, sectorBytes, lba) && lba * sectorBytes + 40 <= device.sizeBytes()
        ? device.struct("gpt_header", lba * sectorBytes, 40).u64le(0x20)
        : -1;
  }

  static GptHeader read(BlockDevice device, int sectorBytes, long lba) throws IOException {
    StructView sector = device.struct("gpt_header", lba * sectorBytes, sectorBytes);
    long header_size = sector.u32le(0x0c);
    if (sector.u64le(0x00) != SIGNATURE) {
      throw sector.corrupt(VolumeFault.GPT_HEADER_SIGNATURE, 0, "sector " + lba);
    }
    if (header_size < MIN_HEADER_BYTES || header_size > sectorBytes) {
      throw sector.corrupt(VolumeFault.GPT_HEADER_SIZE, 0x0c, String.valueOf(header_size));
    }
    StructView header = sector.slice("gpt_header", 0, (int) header_size);
    long header_crc32 = header.u32le(0x10);
    if (crcWithoutItself(header) != header_crc32) {
      throw header.corrupt(VolumeFault.GPT_HEADER_CRC, 0x10, "0x" + Long.toHexString(header_crc32));
    }
    return parse(header, sectorBytes, lba);
  }

  private static GptHeader parse(StructView header, int sectorBytes, long lba) throws IOException {
    long my_lba = header.u64le(0x18);
    long alternate_lba = header.u64le(0x20);
    long partition_entry_lba = header.u64le(0x48);
    long num_partition_entries = header.u32le(0x50);
    long sizeof_partition_entry = header.u32le(0x54);
    long partition_entry_array_crc32 = header.u32le(0x58);

    if (my_lba != lba) {
      throw header.corrupt(VolumeFault.GPT_HEADER_POSITION, 0x18, my_lba + " instead of " + lba);
    }
    if (sizeof_partition_entry < MIN_ENTRY_BYTES
        || sizeof_partition_entry > MAX_ENTRY_BYTES
        || sizeof_partition_entry % 8 != 0) {
      throw header.corrupt(
          VolumeFault.GPT_ENTRY_SIZE, 0x54, String.valueOf(sizeof_partition_entry));
    }
    if (num_partition_entries > MAX_ENTRIES) {
      throw header.corrupt(
          VolumeFault.GPT_ENTRY_COUNT, 0x50, String.valueOf(num_partition_entries));
    }
    long entriesOffset =
        header.multiplyExact(
            partition_entry_lba, sectorBytes, VolumeFault.GPT_ENTRIES_POSITION, 0x48);
    return new GptHeader(
        sectorBytes,
        alternate_lba,
        Guid.mixedEndian(header, 0x38),
        entriesOffset,
        (int) num_partition_entries,
        (int) sizeof_partition_entry,
        partition_entry_array_crc32);
  }

  private static long crcWithoutItself(StructView header) {
    byte[] bytes = header.bytes(0, header.sizeBytes());
    Arrays.fill(bytes, 0x10, 0x14, (byte) 0);
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }

  /** The whole array of entries; its checksum is not yet checked. */
  StructView entries(BlockDevice device) throws IOException {
    int lengthBytes = entryCount * entrySizeBytes;
    if (entriesOffset > device.sizeBytes() - lengthBytes) {
      throw new CorruptImageException(
          VolumeFault.GPT_ENTRIES_POSITION,
          device.imageOffset(0),
          "gpt_header",
          "entries at byte " + entriesOffset);
    }
    return device.struct("gpt_entry", entriesOffset, lengthBytes);
  }

  boolean crcHolds(StructView entries) {
    MemorySegment bytes = entries.segment();
    CRC32 crc = new CRC32();
    crc.update(bytes.toArray(ValueLayout.JAVA_BYTE));
    return crc.getValue() == entriesCrc;
  }
}
