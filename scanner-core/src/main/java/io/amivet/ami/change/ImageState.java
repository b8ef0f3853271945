package io.amivet.ami.change;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What EC2 says of an image now.
 *
 * @param state {@code available}, {@code disabled} …
 * @param snapshots behind its block device mappings, in their order
 */
public record ImageState(
    String id,
    String name,
    String ownerId,
    String state,
    List<String> snapshots,
    Map<String, String> tags,
    Optional<Instant> deprecationTime,
    Set<String> watermarks) {
  public ImageState {
    snapshots = List.copyOf(snapshots);
    tags = Map.copyOf(tags);
    watermarks = Set.copyOf(watermarks);
  }
}
