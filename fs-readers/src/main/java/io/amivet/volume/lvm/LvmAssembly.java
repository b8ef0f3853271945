package io.amivet.volume.lvm;

import io.amivet.block.Anomaly;
import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.volume.lvm.PhysicalVolume.Standing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The volume groups of a target: physical volumes matched by uuid, over all its disks, and for each
 * group the newest text that any of them holds.
 *
 * @param physical in the order in which they were given
 */
public record LvmAssembly(List<PhysicalVolume> physical, List<LogicalVolume> volumes) {
  public LvmAssembly {
    physical = List.copyOf(physical);
    volumes = List.copyOf(volumes);
  }

  /** What one physical volume says; the text is that of its own metadata areas. */
  private record Reading(
      BlockDevice device, String uuid, Optional<GroupAssembly.Found> text, boolean unused) {}

  /**
   * Puts together what these physical volumes hold.
   *
   * @param devices that carry an LVM label
   */
  public static LvmAssembly of(List<BlockDevice> devices, AnomalyLog anomalies) {
    List<Reading> readings = new ArrayList<>();
    for (BlockDevice device : devices) {
      readings.add(read(device, anomalies));
    }
    Map<String, GroupAssembly.Found> groups = newestTexts(readings);
    Map<String, Integer> chosen = new HashMap<>();
    for (int i = 0; i < readings.size(); i++) {
      choose(i, readings, chosen, anomalies);
    }
    Map<String, String> groupOfId = new HashMap<>();
    for (GroupAssembly.Found found : groups.values()) {
      for (GroupText.Physical pv : found.text().physical().values()) {
        groupOfId.putIfAbsent(pv.id(), found.text().name());
      }
    }
    List<PhysicalVolume> physical = new ArrayList<>();
    for (int i = 0; i < readings.size(); i++) {
      physical.add(standing(i, readings.get(i), groupOfId, chosen));
    }
    noteSameNames(groups, anomalies);
    List<LogicalVolume> volumes = new ArrayList<>();
    for (GroupAssembly.Found group : groups.values()) {
      volumes.addAll(new GroupAssembly(group, physical, chosen, anomalies).volumes());
    }
    return new LvmAssembly(physical, volumes);
  }

  private static Reading read(BlockDevice device, AnomalyLog anomalies) {
    String uuid = "";
    boolean unused = false;
    Optional<GroupAssembly.Found> newest = Optional.empty();
    try {
      Optional<PvLabel> label = PvLabel.find(device, anomalies);
      if (label.isPresent()) {
        uuid = label.get().uuid();
        AreaVerdict verdict = AreaVerdict.of(device, label.get(), anomalies);
        newest = verdict.newest();
        unused = verdict.unused();
      }
    } catch (IOException e) {
      // Whatever depends on this volume lacks it, and says so.
      anomalies.add(
          new Anomaly(
              LvmFault.PV_MISSING.code(), device + ": " + e.getMessage(), device.imageOffset(0)));
    }
    return new Reading(device, uuid, newest, unused);
  }

  private static Map<String, GroupAssembly.Found> newestTexts(List<Reading> readings) {
    Map<String, GroupAssembly.Found> groups = new LinkedHashMap<>();
    for (Reading reading : readings) {
      reading
          .text()
          .ifPresent(text -> groups.merge(text.text().id(), text, GroupAssembly.Found::newer));
    }
    return groups;
  }

  /** Of volumes with the same uuid the one with the newer metadata is taken, else the first. */
  private static void choose(
      int index, List<Reading> readings, Map<String, Integer> chosen, AnomalyLog anomalies) {
    Reading reading = readings.get(index);
    if (reading.uuid().isEmpty()) {
      return;
    }
    Integer other = chosen.get(reading.uuid());
    if (other == null) {
      chosen.put(reading.uuid(), index);
      return;
    }
    if (seqno(reading) > seqno(readings.get(other))) {
      chosen.put(reading.uuid(), index);
    }
    anomalies.add(
        new Anomaly(
            LvmFault.PV_TWICE.code(),
            LvmFault.PV_TWICE.summary()
                + ": "
                + PvLabel.dashed(reading.uuid())
                + " on "
                + readings.get(other).device()
                + " and "
                + reading.device(),
            reading.device().imageOffset(0)));
  }

  private static long seqno(Reading reading) {
    return reading.text().map(found -> found.text().seqno()).orElse(-1L);
  }

  private static PhysicalVolume standing(
      int index, Reading reading, Map<String, String> groups, Map<String, Integer> chosen) {
    Integer taken = chosen.get(reading.uuid());
    if (taken != null && taken != index) {
      return new PhysicalVolume(
          reading.device(),
          reading.uuid(),
          Standing.DUPLICATE,
          "",
          "LVM physical volume of the same uuid as another one, which was taken");
    }
    String group = groups.get(reading.uuid());
    if (group != null) {
      return new PhysicalVolume(
          reading.device(),
          reading.uuid(),
          Standing.MEMBER,
          group,
          "LVM physical volume of " + group);
    }
    return reading.unused()
        ? new PhysicalVolume(
            reading.device(),
            reading.uuid(),
            Standing.UNUSED,
            "",
            "LVM physical volume in no volume group")
        : new PhysicalVolume(
            reading.device(),
            reading.uuid(),
            Standing.LOST,
            "",
            "LVM physical volume whose volume group is not described here or not readably");
  }

  private static void noteSameNames(Map<String, GroupAssembly.Found> groups, AnomalyLog anomalies) {
    Set<String> names = new HashSet<>();
    for (GroupAssembly.Found found : groups.values()) {
      GroupText group = found.text();
      if (!names.add(group.name())) {
        anomalies.add(
            new Anomaly(
                LvmFault.VG_TWICE.code(), LvmFault.VG_TWICE.summary() + ": " + group.name(), -1));
      }
    }
  }
}
