package io.amivet.source.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.amivet.block.BlockDevice;
import io.amivet.block.MemoryDevice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchivedDisksTest {
  private static ArchivedDisks.Found find(byte[] archive) throws IOException {
    return ArchivedDisks.find(new MemoryDevice("archive", archive), member -> Optional.empty());
  }

  private static byte[] all(BlockDevice device) throws IOException {
    byte[] bytes = new byte[(int) device.sizeBytes()];
    device.read(0, MemorySegment.ofArray(bytes));
    return bytes;
  }

  private static byte[] tar(Object... namesAndContents) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes)) {
      out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (int i = 0; i < namesAndContents.length; i += 2) {
        TarArchiveEntry entry = new TarArchiveEntry((String) namesAndContents[i]);
        byte[] contents = (byte[]) namesAndContents[i + 1];
        entry.setSize(contents.length);
        out.putArchiveEntry(entry);
        out.write(contents);
        out.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tar-gnu", "tar-pax00", "tar-pax01", "tar-pax10"})
  void readsTheSparseMembersOfGnuTarInPlace(String name) throws IOException {
    ArchivedDisks.Found found = find(DiskFormatsTest.fixture(name));
    assertThat(found.losses()).isEmpty();
    assertThat(found.members()).hasSize(1);
    ArchivedDisks.Member disk = found.members().getFirst();
    assertThat(disk.name()).isEqualTo("disk.raw");
    assertThat(all(disk.contents())).isEqualTo(DiskFormatsTest.fixture("raw"));
    assertThat(disk.contents().dataRanges().size()).isGreaterThan(1);
  }

  @Test
  void doesNotTakeASumOfMinusOneForAChecksum() throws IOException {
    byte[] block = new byte[TarHeader.BLOCK_BYTES];
    Arrays.fill(block, 0, 100, (byte) -3);
    Arrays.fill(block, 100, 143, (byte) 1);
    Arrays.fill(block, 148, 156, (byte) 0xfe);
    // With spaces in the checksum field the signed bytes sum up to -300 + 43 + 8 * 32 = -1.
    assertThat(TarArchive.probe(new MemoryDevice("block", block))).isFalse();
  }

  @Test
  void takesTheDisksOfAnOvaInTheOrderOfItsDescriptor() throws IOException {
    ArchivedDisks.Found found = find(DiskFormatsTest.fixture("ova"));
    assertThat(found.losses()).isEmpty();
    assertThat(found.members())
        .extracting(ArchivedDisks.Member::name)
        .containsExactly("box-disk2.vmdk", "box-disk1.vmdk");
    for (ArchivedDisks.Member member : found.members()) {
      VirtualDisk disk = DiskFormats.open(member.contents(), member.siblings()).orElseThrow();
      assertThat(all(disk)).isEqualTo(DiskFormatsTest.fixture("raw"));
    }
  }

  @Test
  void leavesOtherMembersAside() throws IOException {
    byte[] kernel = new byte[8192];
    kernel[510] = 0x55;
    kernel[511] = (byte) 0xaa;
    kernel[446] = 0x31;
    byte[] archive =
        tar(
            "boot/vmlinuz",
            kernel,
            "very/" + "long/".repeat(40) + "name.bin",
            DiskFormatsTest.fixture("qcow2-zstd"),
            "disk",
            DiskFormatsTest.fixture("raw"),
            "README",
            new byte[] {'x'});
    ArchivedDisks.Found found = find(archive);
    assertThat(found.members()).extracting(ArchivedDisks.Member::name).hasSize(2);
    assertThat(found.members().getFirst().name()).endsWith("long/name.bin");
    assertThat(found.members().getLast().name()).isEqualTo("disk");
  }

  @Test
  void takesASingleMemberForADiskWhateverItHolds() throws IOException {
    ArchivedDisks.Found found = find(tar("disk.raw", new byte[4096]));
    assertThat(all(found.members().getFirst().contents())).isEqualTo(new byte[4096]);
  }

  @Test
  void saysThatThereIsNoDisk() throws IOException {
    byte[] archive = tar("etc/passwd", new byte[100], "etc/group", new byte[512]);
    assertThatExceptionOfType(UnreadableDiskException.class)
        .isThrownBy(() -> find(archive))
        .withMessageContaining("without a disk image in it")
        .withMessageContaining("unpack it and name the folder");
  }

  @Test
  void saysThatTheArchiveIsCutOff() throws IOException {
    byte[] whole = tar("a.qcow2", DiskFormatsTest.fixture("qcow2-v3"), "b", new byte[512]);
    ArchivedDisks.Found found = find(Arrays.copyOf(whole, whole.length - 12_000));
    assertThat(found.members()).hasSize(1);
    assertThat(found.losses()).isNotEmpty();
    ArchivedDisks.Found inside = find(Arrays.copyOf(whole, 200_000));
    assertThat(inside.losses()).singleElement().asString().contains("ends");
  }

  @Test
  void namesTheDisksThatAnOvaLacks() throws IOException {
    String ovf =
        "<Envelope xmlns:o='urn:ovf'><References><File o:id='f' o:href='gone.vmdk'/>"
            + "</References><DiskSection><Disk o:fileRef='f'/></DiskSection></Envelope>";
    byte[] archive =
        tar(
            "box.ovf", ovf.getBytes(java.nio.charset.StandardCharsets.UTF_8),
            "other.vmdk", DiskFormatsTest.fixture("vmdk-stream"));
    ArchivedDisks.Found found = find(archive);
    assertThat(found.members()).extracting(ArchivedDisks.Member::name).contains("other.vmdk");
    assertThat(found.losses()).singleElement().asString().contains("gone.vmdk");
  }

  @Test
  void anOvfCannotReadFilesOfThisMachine() throws IOException {
    String ovf =
        "<!DOCTYPE e [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><Envelope><References>"
            + "<File id='f' href='&x;'/></References><Disk fileRef='f'/></Envelope>";
    byte[] archive =
        tar(
            "box.ovf", ovf.getBytes(java.nio.charset.StandardCharsets.UTF_8),
            "disk.vmdk", DiskFormatsTest.fixture("vmdk-stream"));
    ArchivedDisks.Found found = find(archive);
    assertThat(found.losses().toString()).doesNotContain("root:");
    assertThat(found.members()).extracting(ArchivedDisks.Member::name).contains("disk.vmdk");
  }
}
