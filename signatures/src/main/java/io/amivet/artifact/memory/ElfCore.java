package io.amivet.artifact.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** {@code Elf32_Ehdr} or {@code Elf64_Ehdr} of a core dump, and its notes (elf(5)). */
final class ElfCore {
  private static final int ET_CORE = 4;
  private static final int PT_NOTE = 4;
  private static final int NT_PRPSINFO = 3;
  private static final int MAX_HEADERS = 65_535;
  private static final int MAX_NOTES = 10_000;

  /** {@code elf_prpsinfo}: 124 bytes on i386, 128 on other 32-bit machines, 136 on 64-bit ones. */
  private static final int MIN_INFO_BYTES = 124;

  private static final int MAX_INFO_BYTES = 136;

  private final ByteBuffer file;
  private final boolean wide;

  private ElfCore(ByteBuffer file, boolean wide) {
    this.file = file;
    this.wide = wide;
  }

  static Optional<ElfCore> of(byte[] start) {
    if (start.length < 52 || start[0] != 0x7f || start[1] != 'E' || start[2] != 'L') {
      return Optional.empty();
    }
    int ei_class = start[4];
    int ei_data = start[5];
    boolean wide = ei_class == 2;
    if (start[3] != 'F'
        || (ei_class != 1 && !wide)
        || (ei_data != 1 && ei_data != 2)
        || (wide && start.length < 64)) {
      return Optional.empty();
    }
    ByteOrder order = ei_data == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    ByteBuffer file = ByteBuffer.wrap(start).order(order);
    return file.getShort(16) == ET_CORE ? Optional.of(new ElfCore(file, wide)) : Optional.empty();
  }

  /** The first note that describes the process, as far as the file was read. */
  Optional<byte[]> processInfo() {
    long e_phoff = wide ? file.getLong(32) : file.getInt(28) & 0xffff_ffffL;
    int e_phentsize = file.getShort(wide ? 54 : 42) & 0xffff;
    int e_phnum = Math.min(MAX_HEADERS, file.getShort(wide ? 56 : 44) & 0xffff);
    int headerBytes = wide ? 56 : 32;
    for (int i = 0; i < e_phnum && e_phentsize >= headerBytes; i++) {
      long at = e_phoff + (long) i * e_phentsize;
      if (e_phoff < 0 || at > file.limit() - headerBytes) {
        return Optional.empty();
      }
      int header = (int) at;
      if (file.getInt(header) == PT_NOTE) {
        long p_offset = wide ? file.getLong(header + 8) : file.getInt(header + 4) & 0xffff_ffffL;
        long p_filesz = wide ? file.getLong(header + 32) : file.getInt(header + 16) & 0xffff_ffffL;
        if (p_offset < 0 || p_filesz < 0 || p_offset > file.limit()) {
          return Optional.empty();
        }
        return notes((int) p_offset, (int) Math.min(file.limit(), p_offset + p_filesz));
      }
    }
    return Optional.empty();
  }

  private Optional<byte[]> notes(int from, int end) {
    long at = from;
    for (int i = 0; i < MAX_NOTES && at + 12 <= end; i++) {
      long n_namesz = file.getInt((int) at) & 0xffff_ffffL;
      long n_descsz = file.getInt((int) at + 4) & 0xffff_ffffL;
      int n_type = file.getInt((int) at + 8);
      long contents = at + 12 + padded(n_namesz);
      if (contents + n_descsz > end) {
        return Optional.empty();
      }
      if (n_type == NT_PRPSINFO && n_descsz >= MIN_INFO_BYTES && n_descsz <= MAX_INFO_BYTES) {
        byte[] info = new byte[(int) n_descsz];
        file.get((int) contents, info);
        return Optional.of(info);
      }
      at = contents + padded(n_descsz);
    }
    return Optional.empty();
  }

  private static long padded(long length) {
    return (length + 3) & ~3L;
  }
}
