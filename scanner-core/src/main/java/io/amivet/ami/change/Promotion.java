package io.amivet.ami.change;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets an image into a stage, or shuts it away, on the grounds of a saved report.
 *
 * @param image as it is now
 * @param region that it is in
 */
public record Promotion(ScanClaims report, ImageState image, String region, Clock clock) {
  private static final String STATUS = "scan-status";
  private static final String STAGE = "stage";
  private static final String QUARANTINE = "quarantine";

  /** Clocks of two machines may differ by this much. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  /**
   * What else is to be done when an image is let in.
   *
   * @param attestation file to write
   * @param parameter of Systems Manager that is to name the image
   * @param deprecateAfterDays counted from the end of the scan
   */
  public record Extras(
      Path attestation,
      Optional<String> parameter,
      Optional<Integer> deprecateAfterDays,
      Optional<String> watermark) {}

  /**
   * Why the image must not be let in; empty if it may.
   *
   * @param expectedDigest SHA-256 that the report's file must have
   */
  public List<String> refusals(Stage stage, Duration maxAge, Optional<String> expectedDigest) {
    List<String> all = new ArrayList<>(identityRefusals(expectedDigest));
    if (!report.verdict().equals("pass")) {
      all.add("the verdict of the report is '" + report.verdict() + "', not 'pass'");
    }
    if (!report.complete()) {
      all.add("the report says that not everything was read");
    }
    for (String snapshot : report.snapshots()) {
      if (!report.blockDigests().containsKey(snapshot)) {
        all.add("the report has no intact digest of the blocks of " + snapshot);
      }
    }
    age(maxAge).ifPresent(all::add);
    if (!image.state().equals("available")) {
      all.add("the image is not available: its state is " + image.state());
    }
    order(stage).ifPresent(all::add);
    return all;
  }

  /** Why the image must not be shut away because of the report; empty if it may. */
  public List<String> quarantineRefusals(Optional<String> expectedDigest) {
    List<String> all = new ArrayList<>(identityRefusals(expectedDigest));
    if (!report.verdict().equals("fail")) {
      all.add("the verdict of the report is '" + report.verdict() + "', not 'fail'");
    }
    return all;
  }

  private List<String> identityRefusals(Optional<String> expectedDigest) {
    List<String> all = new ArrayList<>(report.mismatches(image, region));
    if (expectedDigest.isPresent() && !expectedDigest.get().equals(report.digest())) {
      all.add("the SHA-256 of the report's file is " + report.digest() + ", not the one given");
    }
    return all;
  }

  private Optional<String> age(Duration maxAge) {
    if (report.finishedAt().isEmpty()) {
      return Optional.of("the report does not say when the scan ended");
    }
    Instant finished = report.finishedAt().get();
    Instant now = clock.instant();
    if (finished.isAfter(now.plus(CLOCK_SKEW))) {
      return Optional.of("the report is from the future (" + finished + ")");
    }
    return finished.plus(maxAge).isBefore(now)
        ? Optional.of("the report is too old (" + finished + "): scan the image again")
        : Optional.empty();
  }

  private Optional<String> order(Stage stage) {
    String tag = image.tags().getOrDefault(STAGE, "");
    boolean none = tag.isEmpty() || tag.equals(QUARANTINE);
    Optional<Stage> now = Stage.ofLabel(tag);
    if (!none && now.isEmpty()) {
      return Optional.of("the image is tagged with a stage that is none: '" + tag + "'");
    }
    return stage.mayFollow(now)
        ? Optional.empty()
        : Optional.of(
            "the image is in "
                + (none ? "no stage" : "stage " + tag)
                + ", and stages advance one by one: candidate, dev, test, prod");
  }

  /** The changes that let it in. The image's own tags come last: they say that all is done. */
  public ChangePlan plan(Stage stage, Extras extras) {
    List<Change> changes = new ArrayList<>();
    changes.add(
        new Change.WriteAttestation(
            new Attestation(extras.attestation(), image, report, stage, clock)));
    Map<String, String> tags = tags("pass", stage.label());
    image.snapshots().forEach(id -> changes.add(new Change.SetTags(id, tags)));
    extras
        .deprecateAfterDays()
        .ifPresent(days -> changes.add(new Change.Deprecate(image.id(), deprecation(days))));
    extras.watermark().ifPresent(name -> changes.add(new Change.AttachWatermark(image.id(), name)));
    extras.parameter().ifPresent(name -> changes.add(new Change.PointParameter(name, image.id())));
    changes.add(new Change.SetTags(image.id(), tags));
    return new ChangePlan(changes);
  }

  /** The changes that shut it away: closed first, then marked. */
  public ChangePlan quarantine() {
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.RemovePermissions(image.id(), java.util.Set.of()));
    Map<String, String> tags = tags(QUARANTINE, QUARANTINE);
    changes.add(new Change.SetTags(image.id(), tags));
    image.snapshots().forEach(id -> changes.add(new Change.SetTags(id, tags)));
    return new ChangePlan(changes);
  }

  private Instant deprecation(int days) {
    return report
        .finishedAt()
        .orElseGet(clock::instant)
        .plus(days, ChronoUnit.DAYS)
        .truncatedTo(ChronoUnit.MINUTES);
  }

  private Map<String, String> tags(String status, String stage) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put(STATUS, status);
    tags.put("scan-digest", report.digest());
    tags.put("scan-rulepack", rulePack());
    tags.put("scan-time", report.finishedAt().map(Object::toString).orElse("unknown"));
    tags.put(STAGE, stage);
    return tags;
  }

  /** AWS takes 256 characters. */
  private String rulePack() {
    String text = report.rulePackVersion() + " " + report.rulePackDigest();
    return text.length() <= 256 ? text : text.substring(0, 256);
  }
}
