package io.amivet.cli;

import java.util.List;
import java.util.regex.Pattern;

/** Ids of images on the command line. */
final class AmiIds {
  private static final Pattern FORM = Pattern.compile("ami-[0-9A-Za-z]{1,64}");

  private AmiIds() {}

  static void check(List<String> ids) throws CommandFailure {
    for (String id : ids) {
      if (!FORM.matcher(id).matches()) {
        throw new CommandFailure(ExitCode.USAGE, "'" + id + "' is not the id of an image: ami-…");
      }
    }
  }
}
