package io.amivet.fuzz;

import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.ext.ExtFormat;
import io.amivet.fs.FileSystemFormat;
import io.amivet.testing.WholeRead;
import io.amivet.volume.AssembledVolumes;
import io.amivet.volume.Volume;
import io.amivet.volume.VolumeAssembler;
import io.amivet.volume.VolumeFinder;
import io.amivet.volume.VolumeListing;
import io.amivet.xfs.XfsFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A parser under test and the sound images whose edits it is given. */
@SuppressWarnings("ImmutableEnumChecker") // formats keep no state
enum FuzzTarget {
  EXT(
      new ExtFormat(),
      "ext-new",
      "ext-ext2",
      "ext-ext3",
      "ext-inline",
      "ext-metabg",
      "ext-xattr",
      "ext-unwritten",
      "ext-bigalloc",
      "ext-dirty",
      "ext-journal",
      "ext-journal-ext3",
      "ext-journal-sum"),
  XFS(
      new XfsFormat(),
      "xfs-default",
      "xfs-b1024",
      "xfs-nrext64",
      "xfs-sparse",
      "xfs-v4-b512",
      "xfs-dir64k",
      "xfs-dirty"),
  VOLUMES(null, "vol-gpt", "vol-gpt4k", "vol-mbr", "vol-hybrid", "vol-signatures", "lvm-a", "lvm-b", "md-a", "md-b", "md-c");

  /** Null where volumes are to be found, and read with every format there is. */
  private final @Nullable FileSystemFormat format;

  private final List<String> images;

  FuzzTarget(@Nullable FileSystemFormat format, String... images) {
    this.format = format;
    this.images = List.of(images);
  }

  /** Unpacks the images of this target. */
  Loaded load(Path folder) throws IOException {
    List<SoundImage> sound = new ArrayList<>();
    for (String name : images) {
      sound.add(SoundImage.load(name, folder));
    }
    return new Loaded(this, sound);
  }

  /** A target with its images at hand. */
  record Loaded(FuzzTarget target, List<SoundImage> images) {

    /**
     * Edits an image as {@code input} says and reads all of it. Throws whatever is no {@link
     * IOException}.
     *
     * @return how many entries could be read
     */
    int run(byte[] input) throws IOException {
      if (input.length == 0) {
        return 0;
      }
      ByteBuffer edits = ByteBuffer.wrap(input);
      SoundImage image = images.get((edits.get() & 0xff) % images.size());
      return target.read(ImageEdits.apply(image, edits));
    }
  }

  private int read(BlockDevice device) throws IOException {
    if (format != null) {
      return format.probe(device) ? WholeRead.of(format, device) : 0;
    }
    List<FileSystemFormat> formats = new ArrayList<>();
    for (FuzzTarget target : values()) {
      if (target.format != null) {
        formats.add(target.format);
      }
    }
    int entries = 0;
    for (Volume volume : volumes(device, formats)) {
      entries += volume.format() == null ? 1 : 1 + WholeRead.of(volume.format(), volume.device());
    }
    return entries;
  }

  private static List<Volume> volumes(BlockDevice device, List<FileSystemFormat> formats)
      throws IOException {
    AnomalyLog anomalies = new AnomalyLog();
    VolumeListing disk = VolumeFinder.find(device, formats, 1, anomalies);
    AssembledVolumes target = VolumeAssembler.assemble(List.of(disk), formats, anomalies);
    List<Volume> volumes = new ArrayList<>(target.disks().getFirst().volumes());
    target.assembled().forEach(one -> volumes.add(one.volume()));
    return volumes;
  }
}
