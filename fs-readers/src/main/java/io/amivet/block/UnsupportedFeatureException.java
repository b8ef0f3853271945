package io.amivet.block;

import java.io.IOException;
import java.util.List;

/** The image is fine, but uses something amivet does not read. Names each feature. */
public final class UnsupportedFeatureException extends IOException {
  private static final long serialVersionUID = 1L;

  private final List<String> features;

  /**
   * @param what the format or structure, such as {@code ext4}
   * @param features names of the unsupported features, at least one
   */
  public UnsupportedFeatureException(String what, List<String> features) {
    super(what + " uses features that amivet does not read: " + String.join(", ", features));
    this.features = List.copyOf(features);
  }

  public List<String> features() {
    return features;
  }
}
