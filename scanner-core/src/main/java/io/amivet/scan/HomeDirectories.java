package io.amivet.scan;

import io.amivet.artifact.Account;
import io.amivet.fs.FileEntry;
import io.amivet.fs.FsPath;
import io.amivet.fs.PathLookup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Every directory that is or was somebody's home: what {@code ~} of a rule stands for. The image's
 * own {@code /etc/passwd} decides, not a guess; directories under {@code /home} without an account,
 * {@code /root} and {@code /etc/skel} count too.
 */
final class HomeDirectories {
  private HomeDirectories() {}

  /** Absolute paths as Latin-1 text without a final slash, sorted; the root directory is "". */
  static List<String> of(SystemImage image) {
    TreeSet<String> homes = new TreeSet<>(List.of("/root", "/etc/skel"));
    for (Account account : image.accounts()) {
      String home = account.home();
      if (home.startsWith("/")) {
        homes.add(trimmed(home));
      }
    }
    for (Mount mount : image.mounts()) {
      boolean bare = mount.point().isRoot() && !hasAccounts(mount);
      for (FileEntry entry : mount.tree().entries()) {
        if (entry.inode().isDirectory() && isHome(mount.mounted(entry.path()), bare)) {
          homes.add(trimmed(mount.mounted(entry.path()).latin1()));
        }
      }
    }
    return new ArrayList<>(homes);
  }

  /** {@code /home/NAME}, {@code /home/DOMAIN/NAME}; on a disk of its own also {@code /NAME}. */
  private static boolean isHome(FsPath path, boolean bareDisk) {
    int depth = path.names().size();
    boolean dotted = path.name().length > 0 && path.name()[0] == '.';
    boolean underHome = depth >= 2 && depth <= 3 && !dotted && path.latin1().startsWith("/home/");
    return underHome || (bareDisk && depth <= 1);
  }

  private static boolean hasAccounts(Mount mount) {
    try {
      return new PathLookup(mount.fs()).findFollowing(FsPath.of("/etc/passwd")).isPresent();
    } catch (IOException | InternalError unreadable) {
      return false;
    }
  }

  private static String trimmed(String home) {
    String path = home;
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    return path;
  }
}
