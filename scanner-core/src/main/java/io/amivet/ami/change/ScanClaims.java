package io.amivet.ami.change;

import com.fasterxml.jackson.databind.JsonNode;
import io.amivet.finding.Custody;
import io.amivet.saved.SavedReport;
import io.amivet.saved.SavedReportException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a saved report claims about an image.
 *
 * @param digest SHA-256 of the report's file in hex
 * @param finishedAt empty if the report names no time that is one
 * @param snapshots that were scanned
 * @param blockDigests over the blocks that were read, in hex, by snapshot
 */
public record ScanClaims(
    String digest,
    String targetKind,
    String targetId,
    String region,
    List<String> snapshots,
    Map<String, String> blockDigests,
    String verdict,
    boolean complete,
    Optional<Instant> finishedAt,
    String rulePackVersion,
    String rulePackDigest,
    String toolVersion,
    String profile) {
  private static final int SHA256_BYTES = 32;

  public ScanClaims {
    snapshots = List.copyOf(snapshots);
    blockDigests = Map.copyOf(blockDigests);
  }

  /**
   * Reads a report as {@code -o json} wrote it.
   *
   * @throws SavedReportException with what is wrong with it
   */
  public static ScanClaims read(byte[] json) throws IOException {
    JsonNode root = SavedReport.parse(json);
    SavedReport saved = SavedReport.of(json, root);
    JsonNode target = root.path("target");
    return new ScanClaims(
        saved.digest(),
        target.path("kind").asText(),
        saved.targetId(),
        target.path("region").asText(),
        saved.disks(),
        blockDigests(root),
        root.path("verdict").asText(),
        root.path("coverage").path("complete").asBoolean(false),
        time(root.path("finishedAt").asText()),
        root.path("rulePack").path("version").asText(),
        saved.rulePackDigest(),
        root.path("tool").path("version").asText(),
        saved.profile().label());
  }

  private static Map<String, String> blockDigests(JsonNode root) {
    Map<String, String> digests = new HashMap<>();
    for (JsonNode disk : root.path("custody").path("disks")) {
      String digest = disk.path("digest").asText();
      if (disk.path("method").asText().equals(Custody.Method.BLOCKS_READ.label())
          && isSha256(digest)) {
        digests.put(disk.path("disk").asText(), digest);
      }
    }
    return digests;
  }

  private static boolean isSha256(String hex) {
    try {
      return HexFormat.of().parseHex(hex).length == SHA256_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Why the report is not about the image as it is; empty if it is. */
  List<String> mismatches(ImageState image, String inRegion) {
    List<String> all = new ArrayList<>();
    if (!targetKind.equals("ami") || !targetId.equals(image.id())) {
      all.add("the report is about " + targetKind + " " + targetId + ", not about " + image.id());
    }
    if (!region.equals(inRegion)) {
      all.add("the report is about Region '" + region + "', not " + inRegion);
    }
    if (!new java.util.TreeSet<>(snapshots).equals(new java.util.TreeSet<>(image.snapshots()))) {
      all.add(
          "the report is about "
              + String.join(", ", snapshots)
              + ", and the image is made of "
              + String.join(", ", image.snapshots())
              + " now: scan it again");
    }
    return all;
  }

  /** Snapshots and the digests of their blocks, in the report's order. */
  Map<String, String> digestsInOrder() {
    Map<String, String> ordered = new LinkedHashMap<>();
    for (String snapshot : snapshots) {
      ordered.put(snapshot, blockDigests.getOrDefault(snapshot, ""));
    }
    return ordered;
  }
}
