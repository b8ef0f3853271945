package io.amivet.scan.layer;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * The records of a docker engine. {@code image/DRIVER/layerdb} maps chain ids to the directories of
 * layers, {@code imagedb} holds the configuration of each image with the digests of its layers,
 * {@code repositories.json} the names. A chain id is the digest of the chain id below and of the
 * layer's own digest (OCI image specification, "Layer ChainID").
 */
final class DockerRecords {
  private static final String ALGORITHM = "sha256:";
  private static final int MAX_LAYERS_OF_IMAGE = 512;

  private final StoreFiles files;
  private final String image;
  private final Map<String, String> layerOfChain = new HashMap<>();
  private final LayerNames names = new LayerNames();

  private DockerRecords(StoreFiles files, String driver) {
    this.files = files;
    this.image = "image/" + driver + "/";
  }

  /** Where in the store the records lie. */
  static List<String> folders(String driver) {
    return List.of("image/" + driver + "/", "containers/");
  }

  static LayerNames read(StoreFiles files, String driver) {
    DockerRecords records = new DockerRecords(files, driver);
    records.layers();
    records.images();
    records.containers();
    return records.names;
  }

  private void layers() {
    String chains = image + "layerdb/sha256/";
    Map<String, String> parents = new HashMap<>();
    for (String path : files.below(chains)) {
      String chain = name(path, chains);
      if (path.endsWith("/cache-id")) {
        layerOfChain.put(ALGORITHM + chain, files.text(path));
      } else if (path.endsWith("/parent")) {
        parents.put(ALGORITHM + chain, files.text(path));
      }
    }
    parents.forEach((chain, parent) -> lies(layerOfChain.get(chain), layerOfChain.get(parent)));
  }

  private void lies(@Nullable String layer, @Nullable String upon) {
    if (layer != null && upon != null) {
      names.lies(layer, upon);
    }
  }

  private void images() {
    JsonNode repositories = files.json(image + "repositories.json").path("Repositories");
    for (JsonNode repository : repositories) {
      repository
          .properties()
          .forEach(tag -> {
            // Images are listed by tag and by digest; people know the tag.
            if (!tag.getKey().contains("@")) {
              image(tag.getKey(), tag.getValue().asText());
            }
          });
    }
  }

  private void image(String name, String id) {
    if (!id.startsWith(ALGORITHM)) {
      return;
    }
    JsonNode config =
        files.json(image + "imagedb/content/sha256/" + id.substring(ALGORITHM.length()));
    String chain = "";
    int count = 0;
    for (JsonNode diff : config.path("rootfs").path("diff_ids")) {
      if (count++ == MAX_LAYERS_OF_IMAGE) {
        break;
      }
      chain = chain.isEmpty() ? diff.asText() : chainId(chain, diff.asText());
    }
    String top = layerOfChain.get(chain);
    if (top != null) {
      names.image(top, name);
    }
  }

  private void containers() {
    String mounts = image + "layerdb/mounts/";
    Collection<String> paths = files.below(mounts);
    for (String path : paths) {
      if (path.endsWith("/mount-id")) {
        String container = name(path, mounts);
        String own = files.text(path);
        String init = files.text(mounts + container + "/init-id");
        String parent = layerOfChain.get(files.text(mounts + container + "/parent"));
        lies(own, init.isEmpty() ? parent : init);
        lies(init, parent);
        JsonNode config = files.json("containers/" + container + "/config.v2.json");
        String given = config.path("Name").asText().replaceFirst("^/", "");
        names.container(own, given.isEmpty() ? container : given);
        String image = config.path("Config").path("Image").asText();
        if (!image.isEmpty()) {
          names.imageOfContainer(own, image);
        }
      }
    }
  }

  /** The first name of {@code path} below {@code folder}. */
  private static String name(String path, String folder) {
    int end = path.indexOf('/', folder.length());
    return path.substring(folder.length(), end < 0 ? path.length() : end);
  }

  static String chainId(String below, String diff) {
    return ALGORITHM
        + DigestUtils.sha256Hex((below + " " + diff).getBytes(StandardCharsets.ISO_8859_1));
  }
}
