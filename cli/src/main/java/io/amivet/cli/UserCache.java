package io.amivet.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Where programs keep what they can make again, as the XDG base directory specification says. */
final class UserCache {
  private UserCache() {}

  /** The folder of amivet; it need not exist. */
  static Path folder(Map<String, String> environment) throws IOException {
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    if (cache.startsWith("/")) {
      return Path.of(cache, "amivet");
    }
    String home = environment.getOrDefault("HOME", System.getProperty("user.home", ""));
    if (home.isEmpty()) {
      throw new IOException("there is no home directory with a folder for caches");
    }
    return Path.of(home, ".cache", "amivet");
  }
}
