package io.amivet.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** {@code amivet policy}: guard-rails for images. */
@picocli.CommandLine.Command(
    name = "policy",
    description = "Write IAM policies that guard machine images.")
final class PolicyCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text.")
  boolean helpRequested;

  enum Type {
    identity,
    scp
  }

  @picocli.CommandLine.Command(
      name = "generate",
      description = {
        "Write a policy of Deny statements to standard output. It allows nothing by itself.",
        "In a PATTERN, * stands for any characters and ? for one: ?* is a value that is not empty."
      })
  static final class Generate extends Command {
    private static final Pattern TAG_KEY = Pattern.compile("[\\p{L}\\p{N} _.:/=+@-]{1,128}");
    private static final Pattern OWNER = Pattern.compile("\\d{12}|amazon|aws-marketplace");
    private static final Pattern ROLE = Pattern.compile("arn:[^:\\s]+:(iam|sts)::[^:\\s]*:\\S+");

    /** Characters that AWS takes: in a managed policy without white space, in an SCP with it. */
    private static final int IDENTITY_LIMIT = 6144;

    private static final int SCP_LIMIT = 5120;

    @Option(names = "--type", description = "identity (default) or scp.")
    Type type = Type.identity;

    @Option(
        names = "--require-key",
        paramLabel = "KEY",
        description = "Images are created only with this tag; may be repeated, as all below.")
    List<String> keys = new ArrayList<>();

    @Option(
        names = "--require-value",
        paramLabel = "KEY=VALUE",
        description = "Images are created only with this tag and value.")
    List<String> values = new ArrayList<>();

    @Option(
        names = "--require-pattern",
        paramLabel = "KEY=PATTERN",
        description = "Images are created only with this tag and a value like the pattern.")
    List<String> patterns = new ArrayList<>();

    @Option(
        names = "--with-snapshots",
        description = "The snapshots of a created image need the required tags too.")
    boolean withSnapshots;

    @Option(
        names = "--consumer",
        paramLabel = "KEY=PATTERN",
        description = "Instances are launched only from images with such a tag.")
    List<String> consumer = new ArrayList<>();

    @Option(
        names = "--trusted-owner",
        paramLabel = "OWNER",
        description =
            "Instances are launched only from images of these owners: account ids, amazon,"
                + " aws-marketplace.")
    List<String> owners = new ArrayList<>();

    @Option(
        names = "--protect-tags",
        paramLabel = "PATTERN",
        description = "Only the promoters set or remove tags with such keys.")
    List<String> protectedTags = new ArrayList<>();

    @Option(
        names = "--protect-sharing",
        description = "Only the promoters share images and snapshots.")
    boolean protectSharing;

    @Option(
        names = "--promoter",
        paramLabel = "ARN",
        description = "Who may do what the two options above protect; * and ? are allowed.")
    List<String> promoters = new ArrayList<>();

    Generate(StdStreams streams) {
      super(streams);
    }

    @Override
    ExitCode run() throws IOException {
      GuardRails rails = rails();
      if (rails.isEmpty()) {
        throw usage("nothing to guard: give --require-key, --consumer or another guard-rail");
      }
      ObjectMapper json = new ObjectMapper();
      String compact = json.writeValueAsString(rails.document());
      int limit = type == Type.scp ? SCP_LIMIT : IDENTITY_LIMIT;
      if (compact.length() > limit) {
        throw usage(
            "the policy has "
                + compact.length()
                + " characters, and AWS takes "
                + limit
                + "; generate several policies with fewer guard-rails each");
      }
      String text =
          type == Type.scp
              ? compact
              : json.writerWithDefaultPrettyPrinter().writeValueAsString(rails.document());
      streams.out().write((text + "\n").getBytes(StandardCharsets.UTF_8));
      return ExitCode.COMPLETE;
    }

    private GuardRails rails() throws CommandFailure {
      GuardRails rails = new GuardRails();
      for (String key : keys) {
        rails.require("Null", key(key), "true", withSnapshots);
      }
      for (String tag : values) {
        rails.require("StringNotEquals", key(tag), value(tag), withSnapshots);
      }
      for (String tag : patterns) {
        rails.require("StringNotLike", key(tag), value(tag), withSnapshots);
      }
      for (String tag : consumer) {
        rails.launchOnlyTagged(key(tag), value(tag));
      }
      if (!owners.isEmpty()) {
        check(owners, OWNER, "an account id of 12 digits, amazon or aws-marketplace");
        rails.launchOnlyOwnedBy(owners);
      }
      protect(rails);
      return rails;
    }

    private void protect(GuardRails rails) throws CommandFailure {
      check(promoters, ROLE, "the ARN of a role or user");
      if (promoters.isEmpty() && (protectSharing || !protectedTags.isEmpty())) {
        throw usage("--protect-tags and --protect-sharing need --promoter ARN, or nobody could");
      }
      if (!protectedTags.isEmpty()) {
        rails.protectTags(protectedTags, promoters);
      }
      if (protectSharing) {
        rails.protectSharing(promoters);
      }
    }

    private static void check(List<String> given, Pattern form, String what) throws CommandFailure {
      for (String one : given) {
        if (!form.matcher(one).matches()) {
          throw usage("'" + one + "' is not " + what);
        }
      }
    }

    private static String key(String tag) throws CommandFailure {
      int end = tag.indexOf('=');
      String key = end < 0 ? tag : tag.substring(0, end);
      check(List.of(key), TAG_KEY, "the key of a tag");
      return key;
    }

    private static String value(String tag) throws CommandFailure {
      int end = tag.indexOf('=');
      if (end < 0 || tag.length() - end - 1 > 256 || tag.contains("${")) {
        throw usage("'" + tag + "' is not KEY=VALUE with a value of up to 256 characters, no ${");
      }
      return tag.substring(end + 1);
    }

    private static CommandFailure usage(String message) {
      return new CommandFailure(ExitCode.USAGE, message);
    }
  }
}
