package io.amivet.scan.layer;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the records of one store say of its layers: which images and which container have a layer,
 * and which layer it lies upon. By the ids that the directories of the layers have.
 */
final class LayerNames {
  /** Images share their lower layers; so many are named. */
  private static final int MAX_IMAGES = 5;

  private static final int MAX_NAME_CHARS = 256;

  /** The longest stack that overlayfs mounts is shorter. */
  private static final int MAX_STACK = 512;

  private final Map<String, String> below = new HashMap<>();
  private final Map<String, Set<String>> images = new HashMap<>();
  private final Map<String, String> containers = new HashMap<>();

  void lies(String layer, String upon) {
    if (!layer.equals(upon)) {
      below.put(layer, upon);
    }
  }

  /** The id of the layer that {@code layer} lies upon; empty if it is the lowest, or unknown. */
  String below(String layer) {
    return below.getOrDefault(layer, "");
  }

  /** The layer belongs to the image {@code name}, and so do all that it lies upon. */
  void image(String layer, String name) {
    String each = layer;
    for (int i = 0; i < MAX_STACK && !each.isEmpty(); i++) {
      images.computeIfAbsent(each, _ -> new TreeSet<>()).add(shortened(name));
      each = below(each);
    }
  }

  /** The layer is that of a container of the image {@code name}. */
  void imageOfContainer(String layer, String name) {
    images.computeIfAbsent(layer, _ -> new TreeSet<>()).add(shortened(name));
  }

  /** The layer holds what the container {@code name} changed. */
  void container(String layer, String name) {
    containers.put(layer, shortened(name));
  }

  /** What to say of a layer in findings, in order. */
  Map<String, String> labels(String layer) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("layer", layer);
    Set<String> names = images.getOrDefault(layer, Set.of());
    if (!names.isEmpty()) {
      String more = names.size() > MAX_IMAGES ? ", …" : "";
      labels.put("image", String.join(", ", names.stream().limit(MAX_IMAGES).toList()) + more);
    }
    String container = containers.get(layer);
    if (container != null) {
      labels.put("container", container);
    }
    return labels;
  }

  private static String shortened(String name) {
    return name.length() <= MAX_NAME_CHARS ? name : name.substring(0, MAX_NAME_CHARS) + "…";
  }
}
