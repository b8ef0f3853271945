package io.amivet.cli;

import io.amivet.fs.Inode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Gives extracted files what an inode says, as far as that is safe on this machine. */
final class HostAttributes {
  private static final int OWNER_ALL = 0700;

  private HostAttributes() {}

  /**
   * Modification time and permission bits. Directories stay open to their owner, who could not look
   * into or delete them otherwise.
   */
  static void apply(Path place, Inode inode) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(place, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view == null) {
      return;
    }
    // The time first: a file without read permission could not be opened to set it.
    FileTime modified = FileTime.from(inode.modified());
    view.setTimes(modified, null, null);
    view.setPermissions(permissions(inode.isDirectory() ? inode.mode() | OWNER_ALL : inode.mode()));
  }

  /** The nine permission bits; set-id and sticky bits have no place here. */
  static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    PosixFilePermission[] inOrder = PosixFilePermission.values();
    for (int i = 0; i < inOrder.length; i++) {
      if ((mode >> (8 - i) & 1) != 0) {
        permissions.add(inOrder[i]);
      }
    }
    return permissions;
  }

  static Path linkTarget(Path place, byte[] target) throws RefusedException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(target)).toString();
      return place.getFileSystem().getPath(text);
    } catch (CharacterCodingException | InvalidPathException e) {
      throw new RefusedException("this machine cannot express the link's target");
    }
  }
}
