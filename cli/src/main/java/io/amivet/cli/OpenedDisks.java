package io.amivet.cli;

import io.amivet.finding.Report.TargetInfo;
import io.amivet.source.Disk;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * A target's disks, ready to read.
 *
 * @param notes what was odd about the target, one sentence each
 * @param resources closes the disks and what they live on
 */
record OpenedDisks(TargetInfo info, List<Disk> disks, List<String> notes, Closeable resources)
    implements Closeable {
  OpenedDisks {
    disks = List.copyOf(disks);
    notes = List.copyOf(notes);
  }

  @Override
  public void close() throws IOException {
    resources.close();
  }
}
