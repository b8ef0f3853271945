package io.amivet.cli;

import io.amivet.ami.change.AmiAccount;
import io.amivet.ami.change.Promotion;
import io.amivet.ami.change.ScanClaims;
import io.amivet.ami.change.Stage;
import io.amivet.saved.SavedReportException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code amivet ami promote}: lets an image into a stage by the report of its scan. */
@picocli.CommandLine.Command(
    name = "promote",
    description = {
      "Let an AMI into its next stage by the report of its scan, or shut it away if it failed.",
      "Shows what it would change; --apply changes it, and reads it back."
    },
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0  promoted, or would be      3  AWS could not be asked, or refused",
      "  1  the report does not allow it  4  a change is not to be seen",
      "  2  wrong usage, or no report  5  a bug of amivet",
      "",
      "Example:",
      "  amivet ami promote report.json ami-0123456789abcdef0 --stage candidate --apply"
    })
final class AmiPromoteCommand extends Command {
  private static final long MAX_REPORT_BYTES = 512L << 20;
  private static final int MAX_DEPRECATION_DAYS = 3650;
  private static final Pattern PARAMETER = Pattern.compile("[A-Za-z0-9_./-]{1,1011}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

  private final AmiAccounts accounts;

  @Parameters(index = "0", paramLabel = "REPORT", description = "A report of scan -o json.")
  Path reportFile = Path.of("");

  @Parameters(index = "1", paramLabel = "AMI", description = "The image that it is about: ami-…")
  String image = "";

  @Option(
      names = "--stage",
      paramLabel = "STAGE",
      description = "candidate, dev, test or prod: the one the image is in, or the next one.")
  @Nullable String stage;

  @Option(
      names = "--quarantine",
      description = "Instead, on a failed report: take all launch permissions away and tag it so.")
  boolean quarantine;

  @Option(
      names = "--max-age",
      paramLabel = "TIME",
      defaultValue = "24h",
      converter = AgeConverter.class,
      description = "How old the scan may be: 90m, 24h, 7d (default: ${DEFAULT-VALUE}).")
  Duration maxAge = Duration.ofHours(24);

  @Option(
      names = "--report-digest",
      paramLabel = "SHA256",
      description = "SHA-256 that the report's file had when it was written.")
  @Nullable String reportDigest;

  @Option(
      names = "--attestation",
      paramLabel = "FILE",
      description = "Where to write the attestation (default: AMI-STAGE.attestation.json).")
  @Nullable Path attestation;

  @Option(
      names = "--ssm-parameter",
      paramLabel = "NAME",
      description = "Parameter of Systems Manager that is to name the image.")
  @Nullable String parameter;

  @Option(
      names = "--deprecate-after",
      paramLabel = "DAYS",
      description = "Deprecate the image so many days after its scan.")
  @Nullable Integer deprecateAfter;

  @Option(
      names = "--watermark",
      paramLabel = "NAME",
      description = "Attach this watermark, which copies of the image inherit.")
  @Nullable String watermark;

  @Mixin ChangeMixin changes = new ChangeMixin();

  @Mixin AwsMixin aws = new AwsMixin();

  AmiPromoteCommand(StdStreams streams, AmiAccounts accounts) {
    super(streams);
    this.accounts = accounts;
  }

  @Override
  ExitCode run() throws IOException {
    Optional<Stage> wanted = stage();
    checkExtras();
    AmiIds.check(List.of(image));
    ScanClaims report = report();
    try (AmiAccount account = accounts.connect(DiskOpener.options(aws.settings()))) {
      Promotion promotion =
          new Promotion(report, account.image(image), account.region(), Clock.systemUTC());
      Optional<String> digest =
          Optional.ofNullable(reportDigest).map(given -> given.toLowerCase(Locale.ROOT));
      List<String> refusals =
          wanted
              .map(one -> promotion.refusals(one, maxAge, digest))
              .orElseGet(() -> promotion.quarantineRefusals(digest));
      if (!refusals.isEmpty()) {
        Notes notes = notes();
        refusals.forEach(notes::info);
        String what = wanted.isPresent() ? " is not promoted: " : " is not quarantined: ";
        throw new CommandFailure(ExitCode.FINDINGS, image + what + refusals.getFirst());
      }
      return changes.run(
          wanted.map(one -> promotion.plan(one, extras(one))).orElseGet(promotion::quarantine),
          account,
          streams,
          notes());
    }
  }

  private Optional<Stage> stage() throws CommandFailure {
    if (quarantine == (stage != null)) {
      throw usage("give either --stage or --quarantine");
    }
    Optional<Stage> named = Optional.ofNullable(stage).flatMap(Stage::ofLabel);
    if (stage != null && named.isEmpty()) {
      throw usage("--stage: '" + stage + "' is none of candidate, dev, test, prod");
    }
    return named;
  }

  private void checkExtras() throws CommandFailure {
    if (parameter != null && !PARAMETER.matcher(parameter).matches()) {
      throw usage("--ssm-parameter: '" + parameter + "' is not the name of a parameter");
    }
    if (reportDigest != null && !SHA256.matcher(reportDigest).matches()) {
      throw usage("--report-digest: expected the 64 hex digits of a SHA-256");
    }
    if (deprecateAfter != null && (deprecateAfter < 1 || deprecateAfter > MAX_DEPRECATION_DAYS)) {
      throw usage("--deprecate-after: expected 1 to " + MAX_DEPRECATION_DAYS + " days");
    }
  }

  private ScanClaims report() throws IOException {
    try {
      return ScanClaims.read(PolicyFile.bytes(reportFile, "report", MAX_REPORT_BYTES));
    } catch (SavedReportException e) {
      throw usage("cannot use " + reportFile + ": " + e.getMessage());
    }
  }

  private Promotion.Extras extras(Stage wanted) {
    Path file =
        attestation == null
            ? Path.of(image + "-" + wanted.label() + ".attestation.json")
            : attestation;
    return new Promotion.Extras(
        file,
        Optional.ofNullable(parameter),
        Optional.ofNullable(deprecateAfter),
        Optional.ofNullable(watermark));
  }

  private static CommandFailure usage(String message) {
    return new CommandFailure(ExitCode.USAGE, message);
  }
}
