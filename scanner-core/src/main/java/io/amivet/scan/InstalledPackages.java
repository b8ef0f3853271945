package io.amivet.scan;

import io.amivet.artifact.ImageView;
import io.amivet.artifact.PackageIndex;
import io.amivet.block.Anomaly;
import org.jspecify.annotations.Nullable;

/**
 * What the package databases of one system say, read when the first file asks for it. What cannot
 * be read of them becomes an anomaly of a volume. Thread-safe.
 */
final class InstalledPackages {
  private static final String UNREADABLE = "packages.unreadable";

  private @Nullable PackageIndex index;

  /**
   * @param image the system
   * @param mount whose volume gets the anomalies
   */
  synchronized PackageIndex of(ImageView image, Mount mount) {
    PackageIndex known = index;
    if (known == null) {
      known = PackageIndex.of(image);
      index = known;
      for (String problem : known.problems()) {
        mount.volume().anomalies().add(new Anomaly(UNREADABLE, problem, -1));
      }
    }
    return known;
  }
}
