package io.amivet.cli;

import io.amivet.volume.Volume;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code amivet volumes}: lists partitions and logical volumes, readable or not. */
@picocli.CommandLine.Command(
    name = "volumes",
    description = "List the volumes of an image, what they hold and whether they can be read.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  amivet volumes disk.qcow2",
      "  amivet volumes snap-0123456789abcdef0 --region eu-west-1"
    })
final class VolumesCommand extends TargetCommand {
  private static final List<String> HEADINGS =
      List.of("VOLUME", "NAME", "SIZE", "KIND", "CONTENTS", "LABEL", "UUID", "STATE");

  VolumesCommand(StdStreams streams, TargetOpener opener) {
    super(streams, opener);
  }

  @Override
  void run(OpenTarget target, Notes notes) throws IOException {
    StringBuilder text = new StringBuilder();
    for (OpenTarget.Disk disk : target.disks()) {
      text.append(
          String.format(
              Locale.ROOT,
              "disk %s: %s, partition table: %s\n",
              TerminalText.escape(disk.name()),
              ProgressLine.size(disk.sizeBytes()),
              TerminalText.escape(disk.tableType())));
      appendTable(text, rows(disk.volumes(), target));
    }
    if (!target.assembled().isEmpty()) {
      text.append("put together of these:\n");
      appendTable(text, assembledRows(target));
    }
    streams.out().write(text.toString().getBytes(StandardCharsets.UTF_8));
    for (OpenVolume volume : target.readable()) {
      for (String note : volume.fs().notes()) {
        notes.info("volume " + volume.index() + ": " + note);
      }
      notes.anomalies(volume.index(), volume.anomalies());
    }
  }

  private List<List<String>> rows(List<Volume> volumes, OpenTarget target) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADINGS);
    for (Volume volume : volumes) {
      if (options.volume == null || options.volume == volume.index()) {
        rows.add(row(volume, target.readable(volume.index())));
      }
    }
    return rows;
  }

  /** With the disks before the state, which is the longest and comes last. */
  private List<List<String>> assembledRows(OpenTarget target) {
    List<List<String>> rows = new ArrayList<>();
    for (OpenTarget.Assembled assembled : target.assembled()) {
      List<Volume> one = List.of(assembled.volume());
      for (List<String> row : rows(one, target).stream().skip(1).toList()) {
        rows.add(withDisks(row, cell(assembled.disks())));
      }
    }
    rows.addFirst(withDisks(HEADINGS, "DISKS"));
    return rows;
  }

  private static List<String> withDisks(List<String> row, String disks) {
    List<String> wide = new ArrayList<>(row);
    wide.add(row.size() - 1, disks);
    return wide;
  }

  private static List<String> row(Volume volume, Optional<OpenVolume> open) {
    String reason = volume.reason().isEmpty() ? "" : ": " + volume.reason();
    String contents = open.map(view -> view.fs().type()).orElse(volume.contents());
    String label = open.map(view -> view.fs().label()).orElse(volume.label());
    String uuid = open.map(view -> view.fs().uuid()).orElse(volume.uuid());
    return List.of(
        Integer.toString(volume.index()),
        cell(volume.name()),
        ProgressLine.size(volume.device().sizeBytes()),
        cell(volume.kind()),
        cell(contents),
        cell(label),
        cell(uuid),
        TerminalText.escape(volume.state().label() + reason));
  }

  private static String cell(String value) {
    return value.isEmpty() ? "-" : TerminalText.escape(value);
  }

  private static void appendTable(StringBuilder text, List<List<String>> rows) {
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        int at = column;
        int width = rows.stream().mapToInt(cells -> cells.get(at).length()).max().orElse(0);
        line.append(String.format(Locale.ROOT, "%-" + width + "s  ", row.get(column)));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
  }
}
