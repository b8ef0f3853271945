package io.amivet.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The option that names further disks of the machine whose disk the target is. */
final class DisksMixin {
  @Option(
      names = "--disk",
      paramLabel = "IMAGE",
      description = {
        "A further disk of the same machine, such as one that holds a part of a volume group;",
        "may be repeated."
      })
  List<String> more = new ArrayList<>();
}
