package io.amivet.cli;

import io.amivet.volume.Volume;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A target with its disks laid open.
 *
 * @param disks in the target's order, the root disk first
 * @param assembled volumes put together of parts on the disks
 * @param readable the volumes in state READ, by index
 * @param notes what was odd about the target or its disks, one sentence each
 * @param resources devices, maps and cache files; closed with the target
 */
record OpenTarget(
    List<Disk> disks,
    List<Assembled> assembled,
    List<OpenVolume> readable,
    List<String> notes,
    Closeable resources)
    implements Closeable {
  OpenTarget {
    disks = List.copyOf(disks);
    assembled = List.copyOf(assembled);
    readable = List.copyOf(readable);
    notes = List.copyOf(notes);
  }

  /**
   * One disk of a target.
   *
   * @param name file name or snapshot id
   * @param tableType {@code gpt}, {@code mbr}, {@code none}
   * @param volumes all that were found, readable or not
   */
  record Disk(String name, long sizeBytes, String tableType, List<Volume> volumes) {
    Disk {
      volumes = List.copyOf(volumes);
    }
  }

  /**
   * A volume put together of parts.
   *
   * @param disks names of the disks that it lies on
   */
  record Assembled(String disks, Volume volume) {}

  List<Volume> volumes() {
    return Stream.concat(
            disks.stream().flatMap(disk -> disk.volumes().stream()),
            assembled.stream().map(Assembled::volume))
        .toList();
  }

  Optional<OpenVolume> readable(int index) {
    return readable.stream().filter(volume -> volume.index() == index).findFirst();
  }

  @Override
  public void close() throws IOException {
    resources.close();
  }
}
