package io.amivet.cli;

import io.amivet.ami.change.AmiAccount;
import io.amivet.ami.change.FixRequest;
import io.amivet.ami.change.Grantee;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code amivet ami fix}: who may use an image. */
@picocli.CommandLine.Command(
    name = "fix",
    description = {
      "Make AMIs private, or share them with named accounts only.",
      "Shows what it would change; --apply changes it, and reads it back."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  amivet ami fix ami-0123456789abcdef0",
      "  amivet ami fix ami-0123456789abcdef0 --reset --share-with 111122223333 --apply"
    })
final class AmiFixCommand extends Command {
  private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");

  private final AmiAccounts accounts;

  @Parameters(arity = "1..*", paramLabel = "AMI", description = "Images: ami-…")
  List<String> images = new ArrayList<>();

  @Option(
      names = "--make-private",
      description = "Take the permission of everybody away; what is done if nothing else is named.")
  boolean makePrivate;

  @Option(
      names = "--reset",
      description = "Take all permissions away, but those that --share-with names.")
  boolean reset;

  @Option(
      names = "--share-with",
      paramLabel = "ACCOUNT",
      split = ",",
      description = "Let these accounts launch it; several with commas, or repeated.")
  List<String> shareWith = new ArrayList<>();

  @Option(
      names = "--with-snapshots",
      description = "The same for the permission to create volumes from its snapshots.")
  boolean withSnapshots;

  @Mixin ChangeMixin changes = new ChangeMixin();

  @Mixin AwsMixin aws = new AwsMixin();

  AmiFixCommand(StdStreams streams, AmiAccounts accounts) {
    super(streams);
    this.accounts = accounts;
  }

  @Override
  ExitCode run() throws IOException {
    for (String account : shareWith) {
      if (!ACCOUNT.matcher(account).matches()) {
        throw new CommandFailure(
            ExitCode.USAGE, "--share-with: '" + account + "' is not an account of 12 digits");
      }
    }
    AmiIds.check(images);
    FixRequest request =
        new FixRequest(
            images,
            makePrivate || (!reset && shareWith.isEmpty()),
            reset,
            shareWith.stream().map(Grantee::account).collect(Collectors.toSet()),
            withSnapshots);
    try (AmiAccount account = accounts.connect(DiskOpener.options(aws.settings()))) {
      return changes.run(request.plan(account), account, streams, notes());
    }
  }
}
