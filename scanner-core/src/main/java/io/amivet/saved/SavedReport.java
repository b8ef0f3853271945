package io.amivet.saved;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.amivet.finding.Custody;
import io.amivet.fs.FsPath;
import io.amivet.rule.Profile;
import io.amivet.rule.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * What a later run needs of a JSON report ({@code docs/report-schema.json}). Reports of any 1.x are
 * read; members this version does not know are passed over.
 *
 * @param digest SHA-256 of the file in hex
 * @param disks snapshot ids or file names
 * @param rulePackDigest of the rules that judged
 * @param rules how many there were
 * @param diskDigests SHA-256 of disks that were hashed as a whole, in hex, by name
 * @param findings those that counted; not those that a policy accepted
 * @param suppressed findings that a policy accepted
 * @param complete whether all that holds data was read
 */
public record SavedReport(
    String digest,
    String targetId,
    List<String> disks,
    Instant startedAt,
    Profile profile,
    String depth,
    String rulePackDigest,
    int rules,
    Map<String, String> diskDigests,
    List<SavedFinding> findings,
    List<SavedFinding> suppressed,
    boolean complete) {
  public SavedReport {
    suppressed = List.copyOf(suppressed);
    diskDigests = Map.copyOf(diskDigests);
    disks = List.copyOf(disks);
    findings = List.copyOf(findings);
  }

  /**
   * A finding of that report.
   *
   * @param id 32 hex digits
   * @param path on the volume, byte for byte
   * @param member name inside the archive at the path; empty if none
   * @param line 0 if unknown
   */
  public record SavedFinding(
      String id,
      String rule,
      String title,
      Severity severity,
      int volume,
      FsPath path,
      String origin,
      String member,
      int line) {}

  /**
   * Reads a report as {@code -o json} wrote it.
   *
   * @throws SavedReportException with what is wrong with it
   */
  public static SavedReport read(byte[] json) throws SavedReportException {
    return of(json, parse(json));
  }

  /**
   * The whole of a report, for members that are not kept here.
   *
   * @throws SavedReportException if it is none that this version reads
   */
  public static JsonNode parse(byte[] json) throws SavedReportException {
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new SavedReportException("it is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new SavedReportException("it is not JSON: " + e);
    }
    if (!root.path("tool").path("name").asText().equals("amivet")
        || !root.path("findings").isArray()) {
      throw new SavedReportException("it is not a report of amivet scan -o json");
    }
    String version = text(root, "schemaVersion");
    if (!version.startsWith("1.")) {
      throw new SavedReportException("it has schema version " + version + ", and 1.x is read");
    }
    return root;
  }

  /**
   * What {@link #read} keeps of a report.
   *
   * @param root of {@code json}, as {@link #parse} gave it
   * @throws SavedReportException with what is wrong with it
   */
  public static SavedReport of(byte[] json, JsonNode root) throws SavedReportException {
    List<SavedFinding> findings = new ArrayList<>();
    for (JsonNode finding : root.get("findings")) {
      findings.add(finding(finding));
    }
    List<SavedFinding> suppressed = new ArrayList<>();
    for (JsonNode finding : root.path("policy").path("suppressed")) {
      suppressed.add(finding(finding));
    }
    List<String> disks = new ArrayList<>();
    root.path("target").path("volumes").forEach(disk -> disks.add(disk.asText()));
    return new SavedReport(
        DigestUtils.sha256Hex(json),
        text(root.path("target"), "id"),
        disks,
        instant(text(root, "startedAt")),
        known("profile", Profile.ofLabel(text(root, "profile"))),
        text(root, "depth"),
        text(root.path("rulePack"), "digest"),
        root.path("rulePack").path("rules").asInt(),
        diskDigests(root),
        findings,
        suppressed,
        root.path("coverage").path("complete").asBoolean());
  }

  /** Whether local disks were hashed as a whole. */
  public boolean disksHashed() {
    return !diskDigests.isEmpty();
  }

  private static Map<String, String> diskDigests(JsonNode root) throws SavedReportException {
    Map<String, String> digests = new HashMap<>();
    for (JsonNode disk : root.path("custody").path("disks")) {
      if (disk.path("method").asText().equals(Custody.Method.WHOLE_DISK.label())) {
        digests.put(text(disk, "disk"), text(disk, "digest"));
      }
    }
    return digests;
  }

  private static SavedFinding finding(JsonNode json) throws SavedReportException {
    return new SavedFinding(
        text(json, "id"),
        text(json, "rule"),
        text(json, "title"),
        known("severity", Severity.ofLabel(text(json, "severity"))),
        json.path("volume").asInt(),
        path(json),
        text(json, "origin"),
        json.path("member").asText(""),
        json.path("line").asInt(0));
  }

  private static FsPath path(JsonNode json) throws SavedReportException {
    try {
      byte[] bytes =
          json.has("pathBase64")
              ? Base64.getDecoder().decode(text(json, "pathBase64"))
              : text(json, "path").getBytes(StandardCharsets.UTF_8);
      FsPath path = FsPath.ROOT;
      for (String name : new String(bytes, StandardCharsets.ISO_8859_1).split("/")) {
        if (!name.isEmpty()) {
          path = path.resolve(name.getBytes(StandardCharsets.ISO_8859_1));
        }
      }
      return path;
    } catch (IllegalArgumentException e) {
      throw new SavedReportException("a path in it is damaged: " + e.getMessage());
    }
  }

  private static String text(JsonNode json, String name) throws SavedReportException {
    JsonNode value = json.path(name);
    if (!value.isTextual()) {
      throw new SavedReportException("it lacks " + name);
    }
    return value.textValue();
  }

  private static Instant instant(String text) throws SavedReportException {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new SavedReportException("it has a time that is none: " + text);
    }
  }

  private static <T> T known(String name, Optional<T> value) throws SavedReportException {
    if (value.isEmpty()) {
      throw new SavedReportException("it has a " + name + " that this version does not know");
    }
    return value.get();
  }
}
