package io.amivet.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.amivet.block.BlockDevice;
import io.amivet.testdata.TestImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalImagesTest {
  @TempDir private Path folder;

  @Test
  void takesForRawWhatIsNothingElse() throws IOException {
    Path file = Files.write(folder.resolve("disk.gz"), new byte[1000]);
    try (LocalDisks opened = LocalImages.open(file, folder.resolve("cache"))) {
      assertThat(opened.disks()).hasSize(1);
      Disk disk = opened.disks().getFirst();
      assertThat(disk.device()).isInstanceOf(RawImage.class).hasToString(file.toString());
      assertThat(disk.name()).isEqualTo("disk.gz");
      assertThat(disk.losses().get()).isEmpty();
      assertThat(folder.resolve("cache")).doesNotExist();
    }
  }

  @Test
  void doesNotWaitForTheWriterOfADevice() {
    assertThatIOException()
        .isThrownBy(() -> LocalImages.open(Path.of("/dev/null"), folder))
        .withMessageContaining("neither a file nor a block device");
  }

  @Test
  void saysWhatIsWrongWithTheTarget() {
    assertThatIOException()
        .isThrownBy(() -> LocalImages.open(folder.resolve("absent"), folder))
        .withMessageContaining("there is no file");
    assertThatIOException()
        .isThrownBy(() -> LocalImages.open(folder, folder))
        .withMessageContaining("is a directory");
  }

  private static List<String> names(LocalDisks opened) {
    return opened.disks().stream().map(Disk::name).toList();
  }

  private static byte[] all(BlockDevice device) throws IOException {
    byte[] bytes = new byte[(int) device.sizeBytes()];
    device.read(0, MemorySegment.ofArray(bytes));
    return bytes;
  }

  private Path flat(String extents) throws IOException {
    String descriptor = "# Disk DescriptorFile\nversion=1\nparentCID=ffffffff\n" + extents;
    return Files.writeString(folder.resolve("disk.vmdk"), descriptor);
  }

  @Test
  void putsTheExtentsOfAFlatDiskTogether() throws IOException {
    byte[] bytes = new byte[2048];
    bytes[1023] = 1;
    bytes[1024] = 2;
    Files.write(folder.resolve("first part.bin"), bytes);
    Path file = flat("RW 1 FLAT \"first part.bin\" 2\nRW 2 ZERO\nRW 1 VMFS \"first part.bin\"\n");
    try (LocalDisks opened = LocalImages.open(file, folder)) {
      byte[] disk = all(opened.disks().getFirst().device());
      assertThat(disk).hasSize(2048);
      assertThat(disk[0]).isEqualTo((byte) 2);
      assertThat(disk[512 * 3]).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/hostname", "../hostname", "..", ".", "a/b", "a\\b", "", "link"})
  void opensNoExtentButAFileBesideTheDescriptor(String name) throws IOException {
    Files.createSymbolicLink(folder.resolve("link"), Files.createFile(folder.resolve("real")));
    Path file = flat("RW 1 FLAT \"" + name + "\" 0\n");
    assertThatIOException()
        .isThrownBy(() -> LocalImages.open(file, folder))
        .withMessageContaining("names '" + name + "' as a part of its disk");
  }

  @Test
  void refusesASnapshotOfAChainByTheNameOfItsParent() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("delta.vmdk"),
            """
            # Disk DescriptorFile
            parentCID=1234abcd
            parentFileNameHint="base.vmdk"
            RW 1 SPARSE "x"
            """);
    assertThatIOException()
        .isThrownBy(() -> LocalImages.open(file, folder))
        .withMessageContaining("a parent image of a chain of snapshots (base.vmdk)");
  }

  @Test
  void unpacksLayerByLayer() throws IOException {
    Path qcow2 = TestImages.unpack("disk-qcow2-zstd", folder);
    Path raw = TestImages.unpack("disk-raw", folder);
    Path packed = folder.resolve("packed");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(qcow2, out);
    }
    try (LocalDisks opened = LocalImages.open(packed, folder.resolve("cache"));
        InputStream stream = Files.newInputStream(packed);
        LocalDisks streamed =
            LocalImages.open(
                stream, "a pipe", folder.resolve("cache"), 1 << 30, new AtomicLong())) {
      assertThat(names(opened)).containsExactly("packed");
      assertThat(names(streamed)).containsExactly("a pipe");
      assertThat(all(opened.disks().getFirst().device())).isEqualTo(Files.readAllBytes(raw));
      assertThat(all(streamed.disks().getFirst().device())).isEqualTo(Files.readAllBytes(raw));
    }
  }

  @Test
  void unpacksNoMoreThanAFewLayers() throws IOException {
    byte[] layer = new byte[100];
    for (int i = 0; i < 6; i++) {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (OutputStream out = new GZIPOutputStream(packed)) {
        out.write(layer);
      }
      layer = packed.toByteArray();
    }
    Path file = Files.write(folder.resolve("russian doll"), layer);
    assertThatIOException()
        .isThrownBy(() -> LocalImages.open(file, folder.resolve("cache")))
        .withMessageContaining("is packed more than 4 times");
  }

  @Test
  void anArchiveGivesAsManyDisksAsItHolds() throws IOException {
    Path ova = TestImages.unpack("disk-ova", folder);
    try (LocalDisks opened = LocalImages.open(ova, folder)) {
      assertThat(names(opened)).containsExactly("box-disk2.vmdk", "box-disk1.vmdk");
    }
  }
}
