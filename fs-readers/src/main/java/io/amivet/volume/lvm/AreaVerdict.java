package io.amivet.volume.lvm;

import io.amivet.block.Anomaly;
import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import java.io.IOException;
import java.util.Optional;

/**
 * What the metadata areas of one physical volume say together.
 *
 * @param newest the text with the highest number
 * @param unused whether all areas agree that there is no group
 */
record AreaVerdict(Optional<GroupAssembly.Found> newest, boolean unused) {
  /** LVM2 writes two at most. */
  private static final int MAX_AREAS = 8;

  static AreaVerdict of(BlockDevice device, PvLabel label, AnomalyLog anomalies)
      throws IOException {
    Optional<GroupAssembly.Found> newest = Optional.empty();
    boolean unused = !label.metadataAreas().isEmpty();
    boolean damaged = false;
    for (ByteRange area : label.metadataAreas().stream().limit(MAX_AREAS).toList()) {
      switch (new MetadataArea(device, area, anomalies).read()) {
        case MetadataArea.Unused() -> {}
        case MetadataArea.Damaged() -> {
          unused = false;
          damaged = true;
        }
        case MetadataArea.Group(GroupText text, boolean current) -> {
          unused = false;
          damaged |= !current;
          GroupAssembly.Found found = new GroupAssembly.Found(text, current);
          newest = Optional.of(newest.map(old -> old.newer(found)).orElse(found));
        }
      }
    }
    if (damaged && newest.isPresent()) {
      GroupText text = newest.get().text();
      anomalies.add(
          new Anomaly(
              LvmFault.TEXT_LOST.code(),
              LvmFault.TEXT_LOST.summary() + ": " + text.name() + ", number " + text.seqno(),
              device.imageOffset(0)));
    }
    return new AreaVerdict(newest, unused);
  }
}
