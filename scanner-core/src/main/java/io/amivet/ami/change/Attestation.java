package io.amivet.ami.change;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;

/** A JSON file that says which image was let into which stage, by which report, when, by whom. */
record Attestation(Path file, ImageState image, ScanClaims report, Stage stage, Clock clock) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_BYTES = 1 << 20;

  String imageId() {
    return image.id();
  }

  /** Whether the file is there and says the same, whenever and by whomever it was written. */
  boolean isWritten() throws IOException {
    JsonNode there;
    try {
      if (Files.size(file) > MAX_BYTES) {
        return false;
      }
      there = JSON.readTree(Files.readAllBytes(file));
    } catch (NoSuchFileException | JsonProcessingException e) {
      return false;
    }
    ObjectNode wanted = content("");
    return there instanceof ObjectNode object
        && without(object.deepCopy()).equals(without(wanted))
        && !object.path("promotedAt").asText().isEmpty();
  }

  private static ObjectNode without(ObjectNode content) {
    content.remove("promotedAt");
    content.remove("promotedBy");
    return content;
  }

  /** Writes the file whole or not at all. */
  void write(String callerArn) throws IOException {
    byte[] bytes =
        (JSON.writerWithDefaultPrettyPrinter().writeValueAsString(content(callerArn)) + "\n")
            .getBytes(StandardCharsets.UTF_8);
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private ObjectNode content(String callerArn) {
    ObjectNode root = JSON.createObjectNode();
    root.put("schemaVersion", "1.0").put("kind", "amivet-attestation");
    root.put("image", image.id()).put("owner", image.ownerId()).put("region", report.region());
    var snapshots = root.putArray("snapshots");
    report
        .digestsInOrder()
        .forEach((id, digest) -> snapshots.addObject().put("id", id).put("blocksSha256", digest));
    root.put("stage", stage.label());
    root.putObject("report")
        .put("sha256", report.digest())
        .put("verdict", report.verdict())
        .put("profile", report.profile())
        .put("finishedAt", report.finishedAt().map(Object::toString).orElse(""))
        .put("toolVersion", report.toolVersion())
        .put("rulePackVersion", report.rulePackVersion())
        .put("rulePackDigest", report.rulePackDigest());
    root.put("promotedAt", clock.instant().toString()).put("promotedBy", callerArn);
    return root;
  }
}
