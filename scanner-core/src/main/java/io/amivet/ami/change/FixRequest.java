package io.amivet.ami.change;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Who is to have permissions on images.
 *
 * @param makePrivate take the permission of everybody away
 * @param reset take all permissions away but those of {@code shareWith}
 * @param shareWith who gets one
 * @param withSnapshots the same for the snapshots of the images
 */
public record FixRequest(
    List<String> imageIds,
    boolean makePrivate,
    boolean reset,
    Set<Grantee> shareWith,
    boolean withSnapshots) {
  public FixRequest {
    imageIds = List.copyOf(imageIds);
    shareWith = Set.copyOf(shareWith);
  }

  /** Looks the images up and says what to change: first what closes, then what opens. */
  public ChangePlan plan(AmiAccount account) throws IOException {
    Set<String> resources = new LinkedHashSet<>();
    for (String id : imageIds) {
      ImageState image = account.image(id);
      resources.add(id);
      if (withSnapshots) {
        resources.addAll(image.snapshots());
      }
    }
    List<Change> changes = new ArrayList<>();
    for (String resource : resources) {
      if (reset) {
        changes.add(new Change.RemovePermissions(resource, shareWith));
      } else if (makePrivate) {
        changes.add(new Change.MakePrivate(resource));
      }
      if (!shareWith.isEmpty()) {
        changes.add(new Change.Share(resource, shareWith));
      }
    }
    return new ChangePlan(changes);
  }
}
