package io.amivet.source.disk;

import io.amivet.block.BlockDevice;
import java.io.IOException;

/** QEMU's copy-on-write format, versions 2 and 3: the disk as it is now, without its snapshots. */
final class Qcow2Format implements DiskFormat {
  @Override
  public String label() {
    return "qcow2";
  }

  @Override
  public boolean probe(BlockDevice file) throws IOException {
    return Magic.isAt(file, 0, Qcow2Header.MAGIC);
  }

  @Override
  public VirtualDisk open(BlockDevice file, Siblings siblings) throws IOException {
    Qcow2Header header = Qcow2Header.read(file);
    return new VirtualDisk(
        file.toString(),
        new Qcow2Map(file, header),
        512,
        new VirtualDisk.Findings(header.notes(), header.losses()));
  }
}
