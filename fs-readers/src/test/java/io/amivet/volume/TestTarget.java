package io.amivet.volume;

import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.fs.FileSystemFormat;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.JournalMode;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** All volumes of some disks, put together. */
final class TestTarget {
  private static final int PIECE_BYTES = 64 << 10;

  final AnomalyLog anomalies = new AnomalyLog();
  final AssembledVolumes volumes;

  TestTarget(BlockDevice... disks) throws IOException {
    List<VolumeListing> found = new ArrayList<>();
    int next = 1;
    for (BlockDevice disk : disks) {
      VolumeListing listing = VolumeFinder.find(disk, List.of(new ExtMagic()), next, anomalies);
      next += listing.volumes().size();
      found.add(listing);
    }
    this.volumes = VolumeAssembler.assemble(found, List.of(new ExtMagic()), anomalies);
  }

  List<Volume> onDisk(int disk) {
    return volumes.disks().get(disk).volumes();
  }

  AssembledVolumes.Assembled assembled(String name) {
    return volumes.assembled().stream()
        .filter(one -> one.volume().name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " in " + volumes.assembled()));
  }

  Volume volume(String name) {
    return assembled(name).volume();
  }

  static String sha256(BlockDevice device) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (long at = 0; at < device.sizeBytes(); at += PIECE_BYTES) {
        byte[] piece = new byte[(int) Math.min(PIECE_BYTES, device.sizeBytes() - at)];
        device.read(at, MemorySegment.ofArray(piece));
        digest.update(piece);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** Accepts what carries the ext magic; opening is another's business. */
  static final class ExtMagic implements FileSystemFormat {
    @Override
    public String name() {
      return "ext";
    }

    @Override
    public boolean probe(BlockDevice volume) throws IOException {
      return volume.sizeBytes() >= 2048
          && volume.struct("ext4_super_block", 1024, 1024).u16le(0x38) == 0xef53;
    }

    @Override
    public FileSystemView open(BlockDevice volume, AnomalyLog log, JournalMode journal) {
      throw new AssertionError("finding volumes opens none");
    }
  }
}
