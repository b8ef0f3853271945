package io.amivet.source;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * The disks that a local target holds, opened; one, or as many as an archive has.
 *
 * @param notes oddities that leave nothing out, one sentence each
 * @param resources the files that the disks are read from; closed with this
 */
public record LocalDisks(List<Disk> disks, List<String> notes, Closeable resources)
    implements Closeable {
  public LocalDisks {
    disks = List.copyOf(disks);
    notes = List.copyOf(notes);
  }

  @Override
  public void close() throws IOException {
    resources.close();
  }
}
