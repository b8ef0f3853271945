package io.amivet.artifact;

import java.util.List;

/**
 * Understands one kind of file. Stateless and thread-safe; bounded in time and memory for any
 * input; never throws for what a file contains: what it does not understand it does not report.
 */
public interface ArtifactParser {

  /** The name rules use: {@code shadow}, {@code authorized-keys}. */
  String name();

  /**
   * What the file holds.
   *
   * @param file the file at hand
   * @param image the rest of the image, for facts that need more than one file
   */
  List<Artifact> parse(ArtifactFile file, ImageView image);
}
