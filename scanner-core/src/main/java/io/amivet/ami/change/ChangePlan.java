package io.amivet.ami.change;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Changes in the order to make them in. */
public record ChangePlan(List<Change> changes) {
  public ChangePlan {
    changes = List.copyOf(changes);
  }

  /** The same number for the same changes in the same Region, in hex. */
  public String fingerprint(String region) {
    MessageDigest digest = sha256();
    digest.update(region.getBytes(StandardCharsets.UTF_8));
    for (Change change : changes) {
      String line = "\n" + change.resource() + "\t" + change.description();
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 16);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
