package io.amivet.cli;

import io.amivet.source.ebs.AwsTargets;
import java.util.List;

/** Ids of images on the command line. */
final class AmiIds {
  private AmiIds() {}

  static void check(List<String> ids) throws CommandFailure {
    for (String id : ids) {
      if (!id.startsWith("ami-") || !AwsTargets.isId(id)) {
        throw new CommandFailure(ExitCode.USAGE, "'" + id + "' is not the id of an image: ami-…");
      }
    }
  }
}
