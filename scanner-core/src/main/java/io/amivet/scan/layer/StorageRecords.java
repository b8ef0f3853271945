package io.amivet.scan.layer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The records of the storage that podman, buildah, skopeo and CRI-O share (containers/storage):
 * {@code DRIVER-layers/layers.json}, {@code DRIVER-images/images.json} and {@code
 * DRIVER-containers/containers.json}.
 */
final class StorageRecords {
  private StorageRecords() {}

  static List<String> folders(String driver) {
    return List.of(
        driver + "-layers/layers.json",
        driver + "-layers/volatile-layers.json",
        driver + "-images/images.json",
        driver + "-containers/containers.json",
        driver + "-containers/volatile-containers.json");
  }

  static LayerNames read(StoreFiles files, String driver) {
    LayerNames names = new LayerNames();
    for (String list : List.of("layers.json", "volatile-layers.json")) {
      for (JsonNode layer : files.json(driver + "-layers/" + list)) {
        String parent = layer.path("parent").asText();
        if (!parent.isEmpty()) {
          names.lies(layer.path("id").asText(), parent);
        }
      }
    }
    Map<String, JsonNode> images = new HashMap<>();
    for (JsonNode image : files.json(driver + "-images/images.json")) {
      images.put(image.path("id").asText(), image);
      for (JsonNode name : image.path("names")) {
        names.image(image.path("layer").asText(), name.asText());
      }
    }
    for (String list : List.of("containers.json", "volatile-containers.json")) {
      for (JsonNode container : files.json(driver + "-containers/" + list)) {
        String layer = container.path("layer").asText();
        String id = container.path("id").asText();
        names.container(layer, container.path("names").path(0).asText(id));
        JsonNode image = images.get(container.path("image").asText());
        if (image != null) {
          image.path("names").forEach(name -> names.imageOfContainer(layer, name.asText()));
        }
      }
    }
    return names;
  }
}
