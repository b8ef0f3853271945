package io.amivet.scan.layer;

import io.amivet.fs.FsPath;
import io.amivet.fs.Inode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A directory that is, or becomes part of, the root of a container: one layer of an image, what a
 * container changed, or a volume that containers mount.
 *
 * @param top the directory, by its path in the volume
 * @param directory its inode
 * @param below the {@link #top} of the layer it lies upon; the root if there is none or none is
 *     known
 * @param labels what the engine calls it, in the order to show: {@code layer}, {@code image},
 *     {@code container}, {@code containerVolume}
 */
public record LayerRoot(FsPath top, Inode directory, FsPath below, Map<String, String> labels) {
  public LayerRoot {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }
}
