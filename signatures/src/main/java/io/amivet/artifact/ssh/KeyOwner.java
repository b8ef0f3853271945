package io.amivet.artifact.ssh;

import io.amivet.artifact.Account;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.account.PasswordField;
import io.amivet.artifact.account.ShadowFile;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The account that an authorized key opens.
 *
 * @param user empty if the path tells none
 * @param standing {@code uid-0}, {@code locked-password}, {@code ordinary}, or empty if the account
 *     is not in this image's passwd
 */
record KeyOwner(String user, String standing) {

  /** {@code .ssh} directories of container layers and orphaned homes name their user too. */
  private static final Pattern HOME_IN_PATH =
      Pattern.compile("/(?:home/(?<name>[^/]{1,64})|(?<root>root))/\\.ssh/[^/]*$");

  static KeyOwner ofPath(String path, ImageView image) {
    Account closest = null;
    for (Account account : image.accounts()) {
      if (lies(path, account.home())
          && (closest == null || account.home().length() > closest.home().length())) {
        closest = account;
      }
    }
    return closest == null ? byName(path) : ofAccount(closest, ShadowFile.read(image));
  }

  static KeyOwner ofAccount(Account account, ShadowFile shadow) {
    if (account.uid() == 0) {
      return new KeyOwner(account.name(), "uid-0");
    }
    Optional<PasswordField> password = shadow.passwordOf(account.name());
    boolean locked = password.map(PasswordField::isLocked).orElse(false);
    return new KeyOwner(account.name(), locked ? "locked-password" : "ordinary");
  }

  private static boolean lies(String path, String home) {
    String directory = home.endsWith("/") ? home.substring(0, home.length() - 1) : home;
    return !directory.isEmpty() && path.startsWith(directory + "/");
  }

  private static KeyOwner byName(String path) {
    Matcher matcher = HOME_IN_PATH.matcher(path);
    if (!matcher.find()) {
      return new KeyOwner("", "");
    }
    String name = matcher.group("name");
    return name == null ? new KeyOwner("root", "uid-0") : new KeyOwner(name, "");
  }
}
