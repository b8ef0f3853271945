package io.amivet.cli;

import io.amivet.finding.Report.TargetInfo;
import io.amivet.source.Disk;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A target's disks, ready to read.
 *
 * @param notes what was odd about the target, one sentence each
 * @param provenance what is known of where the bytes came from; asked when they were read
 * @param resources closes the disks and what they live on
 */
record OpenedDisks(
    TargetInfo info,
    List<Disk> disks,
    List<String> notes,
    Provenance provenance,
    Closeable resources)
    implements Closeable {
  OpenedDisks {
    disks = List.copyOf(disks);
    notes = List.copyOf(notes);
  }

  /** The same target with further disks. */
  OpenedDisks and(OpenedDisks more) {
    TargetInfo together =
        new TargetInfo(
            info.kind(),
            info.id(),
            info.region(),
            info.sizeBytes() + more.info.sizeBytes(),
            joined(info.disks(), more.info.disks()));
    Closing both = new Closing();
    both.add(resources);
    both.add(more.resources);
    return new OpenedDisks(
        together,
        joined(disks, more.disks),
        joined(notes, more.notes),
        provenance.and(more.provenance),
        both);
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  @Override
  public void close() throws IOException {
    resources.close();
  }
}
