package io.amivet.rule;

import java.util.Locale;
import java.util.Optional;

/** Who asks: the same leftover weighs differently for each. */
public enum Profile {
  /** "What of mine leaks if I share this image?" */
  PUBLISH,
  /** "What in this foreign image attacks me?" */
  VET,
  /** "May this image be promoted?" */
  GATE,
  /** The rules of AWS Marketplace. */
  MARKETPLACE;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Profile> ofLabel(String label) {
    for (Profile profile : values()) {
      if (profile.label().equals(label.toLowerCase(Locale.ROOT))) {
        return Optional.of(profile);
      }
    }
    return Optional.empty();
  }
}
