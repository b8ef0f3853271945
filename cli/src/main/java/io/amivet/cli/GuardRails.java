package io.amivet.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The statements of an IAM policy that guards machine images. All are Deny statements: whoever is
 * to create or launch images needs an Allow from elsewhere. The conditions rely on negated
 * operators, which hold if the request does not have the key at all.
 */
final class GuardRails {
  private static final String IMAGES = "arn:*:ec2:*::image/*";
  private static final String SNAPSHOTS = "arn:*:ec2:*::snapshot/*";
  private static final List<String> CREATE =
      List.of(
          "ec2:CreateImage",
          "ec2:CopyImage",
          "ec2:RegisterImage",
          "ec2:ImportImage",
          "ec2:CreateRestoreImageTask");
  private static final List<String> SHARING =
      List.of(
          "ec2:ModifyImageAttribute",
          "ec2:ModifySnapshotAttribute",
          "ec2:ResetImageAttribute",
          "ec2:DisableImageBlockPublicAccess",
          "ec2:DisableSnapshotBlockPublicAccess",
          "ec2:AttachImageWatermark");

  private final List<Map<String, Object>> statements = new ArrayList<>();

  /** Creators must give a tag; {@code operator} is Null, StringNotEquals or StringNotLike. */
  void require(String operator, String key, String value, boolean withSnapshots) {
    Map<String, Object> condition = Map.of(operator, Map.of("aws:RequestTag/" + key, value));
    deny("RequireTagOnImages", CREATE, List.of(IMAGES), condition);
    if (withSnapshots) {
      deny("RequireTagOnSnapshots", List.of("ec2:CreateImage"), List.of(SNAPSHOTS), condition);
    }
  }

  /** Consumers may launch only images whose tag {@code key} is like {@code pattern}. */
  void launchOnlyTagged(String key, String pattern) {
    deny(
        "LaunchTaggedImagesOnly",
        List.of("ec2:RunInstances"),
        List.of(IMAGES),
        Map.of("StringNotLike", Map.of("ec2:ResourceTag/" + key, pattern)));
  }

  /**
   * Consumers may launch only images of these owners: the tags that a consumer sees on an image of
   * somebody else are the consumer's own.
   */
  void launchOnlyOwnedBy(List<String> owners) {
    deny(
        "LaunchImagesOfTrustedOwnersOnly",
        List.of("ec2:RunInstances"),
        List.of(IMAGES),
        Map.of("StringNotEquals", Map.of("ec2:Owner", owners)));
  }

  /** Only the promoters may set or remove tags whose keys are like one of {@code patterns}. */
  void protectTags(List<String> patterns, List<String> promoters) {
    Map<String, Object> others = Map.of("aws:PrincipalArn", promoters);
    List<String> actions = new ArrayList<>(List.of("ec2:CreateTags", "ec2:DeleteTags"));
    actions.addAll(CREATE);
    Map<String, Object> condition = new LinkedHashMap<>();
    condition.put("ForAnyValue:StringLike", Map.of("aws:TagKeys", patterns));
    condition.put("ArnNotLike", others);
    deny("ProtectTags", actions, List.of(IMAGES, SNAPSHOTS), condition);
    // A request that names no key removes all tags, and no value of aws:TagKeys can match it.
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("Null", Map.of("aws:TagKeys", "true"));
    all.put("ArnNotLike", others);
    deny("ProtectAllTags", List.of("ec2:DeleteTags"), List.of(IMAGES, SNAPSHOTS), all);
  }

  /** Only the promoters may share images and snapshots, or lift the block of public access. */
  void protectSharing(List<String> promoters) {
    deny(
        "ProtectSharing",
        SHARING,
        List.of("*"),
        Map.of("ArnNotLike", Map.of("aws:PrincipalArn", promoters)));
  }

  private void deny(
      String name, List<String> actions, List<String> resources, Map<String, Object> condition) {
    Map<String, Object> statement = new LinkedHashMap<>();
    statement.put("Sid", name + (statements.size() + 1));
    statement.put("Effect", "Deny");
    statement.put("Action", actions);
    statement.put("Resource", resources);
    statement.put("Condition", condition);
    statements.add(statement);
  }

  boolean isEmpty() {
    return statements.isEmpty();
  }

  Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("Version", "2012-10-17");
    document.put("Statement", statements);
    return document;
  }
}
