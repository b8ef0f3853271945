package io.amivet.testdata.aws;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The EBS direct APIs that read: {@code ListSnapshotBlocks}, {@code ListChangedBlocks} and {@code
 * GetSnapshotBlock}.
 */
final class EbsResponder {
  static final int BLOCK_BYTES = 512 << 10;
  private static final int MIN_RESULTS = 100;
  private static final int MAX_RESULTS = 10_000;
  private static final int BLOCKS_PER_GIB = (1 << 30) / BLOCK_BYTES;

  private final Catalog catalog;
  private final Faults faults;

  EbsResponder(Catalog catalog, Faults faults) {
    this.catalog = catalog;
    this.faults = faults;
  }

  /** The members of a {@code ListSnapshotBlocksResponse}. */
  Map<String, Object> list(String snapshotId, Map<String, String> query, Principal caller)
      throws ApiFailure {
    ServedSnapshot snapshot = readable(snapshotId, "ListSnapshotBlocks", caller);
    return page(
        "Blocks",
        snapshot,
        listing(snapshotId),
        query,
        (index, expiry) ->
            Map.of("BlockIndex", index, "BlockToken", token(snapshotId, index, expiry)));
  }

  /** The members of a {@code ListChangedBlocksResponse}. */
  Map<String, Object> changed(String secondId, Map<String, String> query, Principal caller)
      throws ApiFailure, IOException {
    String firstId = query.getOrDefault("firstSnapshotId", "");
    if (firstId.isEmpty()) {
      throw ApiFailure.validation("INVALID_PARAMETER_VALUE", "firstSnapshotId is missing");
    }
    ServedSnapshot second = readable(secondId, "ListChangedBlocks", caller);
    ServedSnapshot first = readable(firstId, "ListChangedBlocks", caller);
    if (!first.volumeId().equals(second.volumeId())) {
      throw ApiFailure.validation(
          "UNRELATED_SNAPSHOTS", "The snapshots are not of the same lineage");
    }
    SnapshotBlocks before = blocks(firstId);
    SnapshotBlocks after = blocks(secondId);
    return page(
        "ChangedBlocks",
        second,
        differences(before, after),
        query,
        (index, expiry) -> {
          Map<String, Object> block = new LinkedHashMap<>();
          block.put("BlockIndex", index);
          if (before.present().get(index)) {
            block.put("FirstBlockToken", token(firstId, index, expiry));
          }
          if (after.present().get(index)) {
            block.put("SecondBlockToken", token(secondId, index, expiry));
          }
          return block;
        });
  }

  private static List<Integer> differences(SnapshotBlocks before, SnapshotBlocks after)
      throws IOException {
    BitSet either = (BitSet) before.present().clone();
    either.or(after.present());
    List<Integer> changed = new ArrayList<>();
    for (int index = either.nextSetBit(0); index >= 0; index = either.nextSetBit(index + 1)) {
      if (before.present().get(index) != after.present().get(index)
          || !Arrays.equals(before.read(index), after.read(index))) {
        changed.add(index);
      }
    }
    return changed;
  }

  /** What a listing says of one block. */
  private interface Entry {
    Map<String, Object> of(int index, Instant expiry);
  }

  private Map<String, Object> page(
      String member,
      ServedSnapshot snapshot,
      List<Integer> indexes,
      Map<String, String> query,
      Entry entry)
      throws ApiFailure {
    int maxResults = number(query, "maxResults", MAX_RESULTS);
    if (maxResults < MIN_RESULTS || maxResults > MAX_RESULTS) {
      throw ApiFailure.validation(
          "INVALID_PARAMETER_VALUE", "maxResults must be between 100 and 10000");
    }
    PageToken from = PageToken.of(query.get("pageToken"), faults.tokenGeneration());
    int start =
        from == null
            ? firstFrom(number(query, "startingBlockIndex", 0), indexes)
            : Math.min(from.position(), indexes.size());
    boolean empty = faults.pagesMayBeEmpty() && (from == null || !from.afterEmpty());
    int end = empty ? start : Math.min(start + maxResults, indexes.size());
    Instant expiry = Instant.now().plus(faults.blockTokenLife());

    List<Map<String, Object>> blocks = new ArrayList<>();
    for (int index : indexes.subList(start, end)) {
      blocks.add(entry.of(index, expiry));
    }
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("BlockSize", faults.answeredBlockSize());
    page.put(member, blocks);
    page.put("ExpiryTime", expiry.toEpochMilli() / 1000.0);
    page.put("VolumeSize", snapshot.volumeSizeGib());
    if (end < indexes.size()) {
      Instant until = Instant.now().plus(faults.pageTokenLife());
      page.put("NextToken", new PageToken(end, empty, faults.tokenGeneration(), until).text());
    }
    return page;
  }

  private static int firstFrom(int index, List<Integer> indexes) {
    int first = 0;
    while (first < indexes.size() && indexes.get(first) < index) {
      first++;
    }
    return first;
  }

  private List<Integer> listing(String snapshotId) throws ApiFailure {
    List<Integer> ascending =
        new ArrayList<>(blocks(snapshotId).present().stream().boxed().toList());
    if (!faults.listsInUploadOrder() || ascending.isEmpty()) {
      return ascending;
    }
    List<Integer> odd = new ArrayList<>(ascending.reversed());
    odd.add(ascending.getFirst());
    return odd;
  }

  /** The bytes of one block. */
  byte[] get(String snapshotId, int index, Map<String, String> query, Principal caller)
      throws ApiFailure, IOException {
    ServedSnapshot snapshot = readable(snapshotId, "GetSnapshotBlock", caller);
    if (faults.isThrottled()) {
      throw new ApiFailure(
          400, "RequestThrottledException", "RESOURCE_LEVEL_THROTTLE", "Rate exceeded");
    }
    checkToken(snapshotId, index, query.getOrDefault("blockToken", ""));
    boolean outside = index < 0 || index >= snapshot.volumeSizeGib() * BLOCKS_PER_GIB;
    if (outside || faults.isMissing(index)) {
      throw ApiFailure.validation("INVALID_BLOCK", "The block " + index + " does not exist");
    }
    return blocks(snapshotId).read(index);
  }

  private ServedSnapshot readable(String snapshotId, String operation, Principal caller)
      throws ApiFailure {
    if (faults.takeServerError()) {
      throw new ApiFailure(500, "InternalServerException", "", "An internal error occurred");
    }
    if (faults.isDenied(operation)
        || !caller.mayCall("ebs:" + operation)
        || !caller.mayName(snapshotId)) {
      throw denied("UNAUTHORIZED_ACCOUNT", "User is not authorized to perform: ebs:" + operation);
    }
    ServedSnapshot snapshot = catalog.snapshot(snapshotId);
    if (snapshot == null) {
      if (faults.isUnknownSnapshotServerError()) {
        throw new ApiFailure(500, "InternalError", "", "KeyError: '" + snapshotId + "'");
      }
      throw ApiFailure.notFound(snapshotId);
    }
    // Being public is no permission: such a snapshot must be copied first.
    if (!snapshot.isOwnedBy(caller) && !snapshot.isSharedWith(caller)) {
      throw denied("UNAUTHORIZED_ACCOUNT", "The account may not read " + snapshotId);
    }
    if (!snapshot.state().equals("completed") || !snapshot.storageTier().equals("standard")) {
      throw ApiFailure.validation(
          "INVALID_SNAPSHOT_ID", "The snapshot " + snapshotId + " cannot be read");
    }
    if (snapshot.encrypted()
        && operation.equals("GetSnapshotBlock")
        && !caller.mayCall("kms:Decrypt")) {
      throw denied("DEPENDENCY_ACCESS_DENIED", "The caller may not use " + snapshot.kmsKey());
    }
    return snapshot;
  }

  private static ApiFailure denied(String reason, String message) {
    return new ApiFailure(403, "AccessDeniedException", reason, message);
  }

  private SnapshotBlocks blocks(String snapshotId) throws ApiFailure {
    SnapshotBlocks found = catalog.blocks(snapshotId);
    if (found == null) {
      throw ApiFailure.notFound(snapshotId);
    }
    return found;
  }

  private String token(String snapshotId, int index, Instant expiry) {
    String plain =
        snapshotId + "/" + index + "/" + faults.tokenGeneration() + "/" + expiry.toEpochMilli();
    return Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
  }

  private void checkToken(String snapshotId, int index, String token) throws ApiFailure {
    String expected = snapshotId + "/" + index + "/" + faults.tokenGeneration() + "/";
    String plain;
    try {
      plain = new String(Base64.getDecoder().decode(token), StandardCharsets.US_ASCII);
    } catch (IllegalArgumentException _) {
      plain = "";
    }
    boolean good = plain.startsWith(expected);
    if (!good || Long.parseLong(plain.substring(expected.length())) < System.currentTimeMillis()) {
      throw ApiFailure.validation("INVALID_BLOCK_TOKEN", "The block token is invalid or expired");
    }
  }

  private static int number(Map<String, String> query, String name, int otherwise)
      throws ApiFailure {
    String text = query.get(name);
    try {
      return text == null ? otherwise : Integer.parseInt(text);
    } catch (NumberFormatException _) {
      throw ApiFailure.validation("INVALID_PARAMETER_VALUE", name + " is not a number");
    }
  }
}
