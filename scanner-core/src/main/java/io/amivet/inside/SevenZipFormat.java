package io.amivet.inside;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.apache.commons.compress.PasswordRequiredException;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZFile;

/** 7z archives (7zFormat.txt of the LZMA SDK). */
final class SevenZipFormat implements InsideFormat {
  private static final int MEMORY_KIB = 80 << 10;

  @Override
  public String name() {
    return "7z";
  }

  @Override
  public boolean recognises(Head head) {
    return head.startsWith('7', 'z', 0xbc, 0xaf, 0x27, 0x1c);
  }

  @Override
  public void members(InsideFile file, MemberVisitor visitor) throws IOException {
    DeviceChannel channel = new DeviceChannel(file.device());
    file.useMemory(DeviceChannel.DIRECTORY_BYTES);
    try (SevenZFile archive =
        SevenZFile.builder()
            .setSeekableByteChannel(channel)
            .setMaxMemoryLimitKiB(MEMORY_KIB)
            .get()) {
      channel.contents();
      for (SevenZArchiveEntry entry = archive.getNextEntry();
          entry != null;
          entry = archive.getNextEntry()) {
        if (!entry.isDirectory() && entry.hasStream()) {
          visit(archive, entry, visitor);
        }
      }
    } catch (PasswordRequiredException e) {
      visitor.notSearched("", "encrypted");
    }
  }

  private static void visit(SevenZFile archive, SevenZArchiveEntry entry, MemberVisitor visitor)
      throws IOException {
    String name = latin1(entry.getName());
    Instant modified =
        entry.getHasLastModifiedDate() ? entry.getLastModifiedTime().toInstant() : Instant.EPOCH;
    visitor.member(new Member(name, 0644, 0, 0, modified), new Current(archive));
  }

  /** The member that the archive is at: going from one to the next decodes each block once. */
  private static final class Current extends InputStream {
    private final SevenZFile archive;

    Current(SevenZFile archive) {
      this.archive = archive;
    }

    @Override
    public int read() throws IOException {
      return archive.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return archive.read(target, offset, length);
    }
  }

  /** Names are UTF-16 in the archive. */
  private static String latin1(String name) {
    return new String(
        (name == null ? "" : name).getBytes(java.nio.charset.StandardCharsets.UTF_8),
        java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}
