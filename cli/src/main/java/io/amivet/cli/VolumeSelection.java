package io.amivet.cli;

import io.amivet.volume.Volume;
import io.amivet.volume.VolumeState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The volumes that a command looks into. */
final class VolumeSelection {
  private VolumeSelection() {}

  /**
   * The volume that the user named, or all that can be read. Volumes that hold data but cannot be
   * read are said to be lost, and so is what an open one lacks, so that the exit code shows it.
   */
  static List<OpenVolume> of(OpenTarget target, @Nullable Integer number, Notes notes)
      throws CommandFailure {
    if (number != null) {
      OpenVolume only = only(target, number);
      sayWhatIsMissing(only, notes);
      return List.of(only);
    }
    for (Volume volume : target.volumes()) {
      if (volume.state() != VolumeState.READ && volume.holdsData()) {
        notes.loss(describeUnread(volume));
      }
    }
    if (target.readable().isEmpty()) {
      throw new CommandFailure(
          ExitCode.INCOMPLETE, "no volume of this target can be read; see 'amivet volumes'");
    }
    target.readable().forEach(volume -> sayWhatIsMissing(volume, notes));
    return target.readable();
  }

  /** A volume may be open and yet show less than the kernel would. */
  private static void sayWhatIsMissing(OpenVolume volume, Notes notes) {
    String name = "volume " + volume.index() + " (" + volume.volume().name() + "): ";
    if (!volume.volume().reason().isEmpty()) {
      notes.loss(name + volume.volume().reason());
    }
    volume.fs().staleReason().ifPresent(reason -> notes.loss(name + reason));
  }

  private static OpenVolume only(OpenTarget target, int number) throws CommandFailure {
    Optional<OpenVolume> open = target.readable(number);
    if (open.isPresent()) {
      return open.get();
    }
    List<Integer> known = new ArrayList<>();
    for (Volume volume : target.volumes()) {
      known.add(volume.index());
      if (volume.index() == number) {
        throw new CommandFailure(ExitCode.INCOMPLETE, describeUnread(volume));
      }
    }
    throw new CommandFailure(
        ExitCode.USAGE, "there is no volume " + number + "; this target has " + known);
  }

  private static String describeUnread(Volume volume) {
    String contents = volume.contents().isEmpty() ? volume.kind() : volume.contents();
    String reason = volume.reason().isEmpty() ? "" : ": " + volume.reason();
    return String.format(
        Locale.ROOT,
        "volume %d (%s, %s) is not read: %s%s",
        volume.index(),
        volume.name(),
        contents,
        volume.state().label(),
        reason);
  }
}
