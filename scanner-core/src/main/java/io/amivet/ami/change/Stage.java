package io.amivet.ami.change;

import java.util.Optional;
import java.util.stream.Stream;

/** The stages an image goes through, in order. */
public enum Stage {
  CANDIDATE("candidate"),
  DEV("dev"),
  TEST("test"),
  PROD("prod");

  private final String label;

  Stage(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  public static Optional<Stage> ofLabel(String label) {
    return Stream.of(values()).filter(stage -> stage.label.equals(label)).findFirst();
  }

  /** Whether an image in stage {@code now} (empty: in none) may be put into this one. */
  boolean mayFollow(Optional<Stage> now) {
    return now.equals(Optional.of(this)) || now.equals(before());
  }

  /** The stage that comes before; empty for the first. */
  private Optional<Stage> before() {
    return switch (this) {
      case CANDIDATE -> Optional.empty();
      case DEV -> Optional.of(CANDIDATE);
      case TEST -> Optional.of(DEV);
      case PROD -> Optional.of(TEST);
    };
  }
}
