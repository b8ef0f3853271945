package io.amivet.ami.change;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/** Changes in the order to make them in. */
public record ChangePlan(List<Change> changes) {
  public ChangePlan {
    changes = List.copyOf(changes);
  }

  /** The same number for the same changes in the same Region, in hex. */
  public String fingerprint(String region) {
    MessageDigest digest = DigestUtils.getSha256Digest();
    digest.update(region.getBytes(StandardCharsets.UTF_8));
    for (Change change : changes) {
      String line = "\n" + change.resource() + "\t" + change.description();
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 16);
  }
}
