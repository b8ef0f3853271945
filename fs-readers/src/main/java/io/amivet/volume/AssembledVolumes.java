package io.amivet.volume;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The volumes of a target once parts were put together.
 *
 * @param disks what lies on each disk, parts of something larger in state {@link
 *     VolumeState#MEMBER}
 * @param assembled what they make
 */
public record AssembledVolumes(List<VolumeListing> disks, List<Assembled> assembled) {
  public AssembledVolumes {
    disks = List.copyOf(disks);
    assembled = List.copyOf(assembled);
  }

  /**
   * A volume that was put together.
   *
   * @param disks places in {@link AssembledVolumes#disks} of those that hold parts of it
   */
  public record Assembled(Volume volume, List<Integer> disks) {
    Assembled(Volume volume, Set<Integer> disks) {
      this(volume, List.copyOf(new TreeSet<>(disks)));
    }

    public Assembled {
      disks = List.copyOf(disks);
    }
  }
}
