package io.amivet.artifact.syslog;

import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.TextLines;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code /etc/hosts} (hosts(5)): which address a name stands for. */
final class HostsFile {
  private static final String PATH = "/etc/hosts";
  private static final int MAX_NAMES = 100_000;

  private final Map<String, String> addresses;

  private HostsFile(Map<String, String> addresses) {
    this.addresses = addresses;
  }

  static HostsFile of(ImageView image) {
    Map<String, String> addresses = new HashMap<>();
    Optional<ArtifactFile> file = image.read(PATH);
    if (file.isPresent()) {
      for (TextLines.Line line : TextLines.of(file.get())) {
        add(line.text(), addresses);
      }
    }
    return new HostsFile(addresses);
  }

  private static void add(String line, Map<String, String> addresses) {
    int comment = line.indexOf('#');
    String[] words = (comment < 0 ? line : line.substring(0, comment)).strip().split("\\s+", -1);
    for (int i = 1; i < words.length && addresses.size() < MAX_NAMES; i++) {
      addresses.putIfAbsent(words[i].toLowerCase(Locale.ROOT), words[0]);
    }
  }

  Optional<String> address(String name) {
    return Optional.ofNullable(addresses.get(name.toLowerCase(Locale.ROOT)));
  }
}
