package io.amivet.scan;

import io.amivet.volume.Partition;
import io.amivet.volume.Volume;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The names under which a running system could mount a volume, as mount(8) takes them: what
 * identifies it, and the device nodes that udev makes of that. Names such as {@code /dev/sda1} are
 * not among them, since they depend on the machine.
 */
final class DeviceNames {
  private static final String LOGICAL_VOLUME = "logical-volume";
  private static final String MD_PREFIX = "md/";

  private final Set<String> names = new HashSet<>();

  /** Tags and nodes whose case does not matter, since they end in hexadecimal. */
  private final Set<String> lowerCaseNames = new HashSet<>();

  DeviceNames(Volume volume) {
    addHex("UUID=", "/dev/disk/by-uuid/", volume.uuid());
    add("LABEL=", "/dev/disk/by-label/", volume.label());
    Partition partition = volume.partition();
    if (partition != null) {
      addHex("PARTUUID=", "/dev/disk/by-partuuid/", partition.uuid());
      add("PARTLABEL=", "/dev/disk/by-partlabel/", partition.label());
    }
    if (volume.kind().equals(LOGICAL_VOLUME)) {
      names.add("/dev/" + volume.name());
      names.add("/dev/mapper/" + mapperName(volume.name()));
    } else if (volume.name().startsWith(MD_PREFIX)) {
      names.add("/dev/" + volume.name());
      names.add("/dev/md" + volume.name().substring(MD_PREFIX.length()));
    }
  }

  private void add(String tag, String folder, String value) {
    if (!value.isEmpty()) {
      names.add(tag + value);
      names.add(folder + value);
    }
  }

  private void addHex(String tag, String folder, String value) {
    if (!value.isEmpty()) {
      lowerCaseNames.add((tag + value).toLowerCase(Locale.ROOT));
      lowerCaseNames.add((folder + value).toLowerCase(Locale.ROOT));
    }
  }

  /** {@code dm_build_dm_name} of libdevmapper: dashes are doubled, and one joins the two parts. */
  private static String mapperName(String name) {
    return name.replace("-", "--").replace('/', '-');
  }

  boolean contains(String spec) {
    return names.contains(spec) || lowerCaseNames.contains(spec.toLowerCase(Locale.ROOT));
  }
}
