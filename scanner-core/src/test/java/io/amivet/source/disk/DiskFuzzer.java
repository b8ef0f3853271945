package io.amivet.source.disk;

import io.amivet.fuzz.ImageEdits;
import io.amivet.fuzz.SoundImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a coverage-guided fuzzer calls to try the disk formats, by the names that Jazzer looks for.
 */
public final class DiskFuzzer {
  private static final List<String> IMAGES =
      List.of(
          "disk-qcow2-v2",
          "disk-qcow2-512",
          "disk-qcow2-deflate",
          "disk-qcow2-zstd",
          "disk-qcow2-subclusters",
          "disk-vmdk-sparse",
          "disk-vmdk-stream",
          "disk-vhd-dynamic",
          "disk-vhdx-dynamic",
          "disk-vhdx-log",
          "disk-vdi-dynamic",
          "disk-tar-gnu",
          "disk-tar-pax10",
          "disk-ova");

  private static final List<SoundImage> LOADED = new ArrayList<>();

  private DiskFuzzer() {}

  /** Called once, before the clock of the first run starts. */
  public static void fuzzerInitialize() throws IOException {
    Path folder = Files.createTempDirectory("amivet-fuzz");
    for (String name : IMAGES) {
      LOADED.add(SoundImage.load(name, folder));
      // What is mapped stays readable.
      Files.delete(folder.resolve(name + ".img"));
    }
    Files.delete(folder);
    fuzzerTestOneInput(new byte[] {0});
  }

  /** One run. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    if (input.length > 0) {
      ByteBuffer edits = ByteBuffer.wrap(input);
      SoundImage image = LOADED.get((edits.get() & 0xff) % LOADED.size());
      DiskFormatsMutationTest.readsSomething(ImageEdits.apply(image, edits));
    }
  }
}
