package io.amivet.source.disk;

import io.amivet.block.BlockDevice;
import java.io.IOException;

/** The files in the folder of a disk image, for formats that spread a disk over several. */
public interface Siblings {

  /** No file has a name here. */
  Siblings NONE =
      name -> {
        throw new IOException("the file '" + name + "' that it names cannot be opened from here");
      };

  /**
   * Opens a file beside the image; whoever made these siblings closes it.
   *
   * @param name one name as an image states it; anything that could lead elsewhere is refused
   * @throws IOException with a sentence for the user
   */
  BlockDevice open(String name) throws IOException;
}
