package io.amivet.inside;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Enumeration;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Zip archives (APPNOTE.TXT 6.3), and what is built on them: jar, war, whl, apk, docx. Read by
 * their central directory, like all tools that unpack them.
 */
final class ZipFormat implements InsideFormat {
  /** What a directory of the longest kind takes in memory. */
  private static final long MEMORY_BYTES = 4 * DeviceChannel.DIRECTORY_BYTES;

  private static final long SMALL_BYTES = 1 << 20;

  @Override
  public String name() {
    return "zip";
  }

  @Override
  public boolean recognises(Head head) {
    return head.startsWith('P', 'K', 3, 4) || head.startsWith('P', 'K', 5, 6);
  }

  @Override
  public boolean isGuess() {
    return true;
  }

  @Override
  public void members(InsideFile file, MemberVisitor visitor) throws IOException {
    DeviceChannel channel = new DeviceChannel(file.device());
    if (channel.size() > SMALL_BYTES) {
      file.useMemory(MEMORY_BYTES);
    }
    try (ZipFile zip =
        ZipFile.builder()
            .setSeekableByteChannel(channel)
            .setCharset(StandardCharsets.ISO_8859_1)
            .setUseUnicodeExtraFields(false)
            .setIgnoreLocalFileHeader(true)
            .get()) {
      channel.contents();
      Enumeration<ZipArchiveEntry> entries = zip.getEntriesInPhysicalOrder();
      while (entries.hasMoreElements()) {
        visit(zip, entries.nextElement(), visitor);
      }
    }
  }

  private static void visit(ZipFile zip, ZipArchiveEntry entry, MemberVisitor visitor)
      throws IOException {
    if (entry.isDirectory() || entry.isUnixSymlink() || entry.getSize() == 0) {
      return;
    }
    if (entry.getGeneralPurposeBit().usesEncryption()) {
      visitor.notSearched(entry.getName(), "encrypted");
    } else if (!zip.canReadEntryData(entry)) {
      visitor.notSearched(entry.getName(), "compressed in a way that is not supported");
    } else {
      try (InputStream contents = zip.getInputStream(entry)) {
        visitor.member(member(entry), contents);
      }
    }
  }

  private static Member member(ZipArchiveEntry entry) {
    int mode = entry.getUnixMode() & 07777;
    Instant modified = Instant.ofEpochMilli(Math.max(0, entry.getTime()));
    return new Member(entry.getName(), mode == 0 ? 0644 : mode, 0, 0, modified);
  }
}
