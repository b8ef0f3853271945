package io.amivet.artifact.key;

import java.util.Map;
import java.util.Optional;

/**
 * Public keys whose private halves anyone can download, by fingerprint. Each was computed with
 * {@code ssh-keygen -l} from the public key that its publisher or finder gives.
 */
public final class PublishedKeys {
  private static final Map<String, String> NAMES =
      Map.of(
          // hashicorp/vagrant, keys/vagrant.pub.rsa and keys/vagrant.pub.ed25519
          "SHA256:1M4RzhMyWuFS/86uPY/ce2prh/dVTHW7iD2RhpquOZA",
          "vagrant-insecure",
          "SHA256:WkvqjnyPAeC0cbPErYiGP9vqHdgL1MqqvPdIe3lvHgI",
          "vagrant-insecure",
          // rapid7/ssh-badkeys, private/f5-bigip-cve-2012-1493.pub
          "SHA256:9prMbqhS4QteoFQ1ZRJDqSBLWoHXPyKB0iWR05Ghro4",
          "f5-bigip-cve-2012-1493");

  private PublishedKeys() {}

  /** Under what name the key was published, if it was. */
  public static Optional<String> nameOf(String fingerprint) {
    return Optional.ofNullable(NAMES.get(fingerprint));
  }
}
