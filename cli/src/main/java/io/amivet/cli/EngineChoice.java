package io.amivet.cli;

import java.util.Locale;

/** Which match engine a scan uses; all come to the same findings. */
enum EngineChoice {
  /** Vectorscan where it comes with amivet and the image is worth its start, else Java. */
  AUTO,
  VECTORSCAN,
  JAVA;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
