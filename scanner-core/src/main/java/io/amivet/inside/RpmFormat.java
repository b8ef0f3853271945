package io.amivet.inside;

import java.io.DataInputStream;
import java.io.IOException;

/**
 * RPM packages, format 3 and 4 (rpm.org, "RPM V4 Package format"): a lead of 96 bytes, a signature
 * header padded to 8 bytes, a header, and a compressed cpio archive.
 */
final class RpmFormat implements InsideFormat {
  private static final int LEAD_BYTES = 96;
  private static final int HEADER_MAGIC = 0x8eade801;
  private static final int INDEX_ENTRY_BYTES = 16;
  private static final long MAX_HEADER_BYTES = 256L << 20;

  @Override
  public String name() {
    return "rpm";
  }

  @Override
  public boolean recognises(Head head) {
    return head.startsWith(0xed, 0xab, 0xee, 0xdb) && head.length() > LEAD_BYTES;
  }

  @Override
  public void members(InsideFile file, MemberVisitor visitor) throws IOException {
    DataInputStream in = new DataInputStream(file.stream());
    in.skipNBytes(LEAD_BYTES);
    long signatureBytes = header(in);
    in.skipNBytes(-signatureBytes & 7);
    header(in);
    String name = file.name();
    visitor.contents(name.endsWith(".rpm") ? name.substring(0, name.length() - 4) : name, in);
  }

  /** Passes over a header structure and returns its length. */
  private static long header(DataInputStream in) throws IOException {
    if (in.readInt() != HEADER_MAGIC) {
      throw new IOException("no header");
    }
    in.skipNBytes(4);
    long indexBytes = Integer.toUnsignedLong(in.readInt()) * INDEX_ENTRY_BYTES;
    long storeBytes = Integer.toUnsignedLong(in.readInt());
    if (indexBytes + storeBytes > MAX_HEADER_BYTES) {
      throw new NotSearchedException("its headers are longer than any");
    }
    in.skipNBytes(indexBytes + storeBytes);
    return indexBytes + storeBytes;
  }
}
