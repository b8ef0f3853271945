package io.amivet.artifact.credential;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.TextLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@code .netrc} as ftp(1) and curl(1) read it: words in any layout. {@code login}: fields {@code
 * machine}, {@code user}. Also the {@code auth.conf} of apt_auth.conf(5).
 */
final class NetrcParser implements ArtifactParser {
  private static final int MAX_FACTS = 200;

  @Override
  public String name() {
    return "netrc";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    List<Artifact> facts = new ArrayList<>();
    String machine = "";
    String user = "";
    List<String> words = words(file);
    for (int i = 0; i < words.size() && facts.size() < MAX_FACTS; i++) {
      String next = i + 1 < words.size() ? words.get(i + 1) : "";
      switch (words.get(i).toLowerCase(Locale.ROOT)) {
        case "machine" -> {
          machine = next;
          user = "";
          i++;
        }
        case "default" -> {
          machine = "default";
          user = "";
        }
        case "login" -> {
          user = next;
          i++;
        }
        case "password" -> {
          if (!machine.isEmpty() && SecretValues.isSecret(next)) {
            facts.add(
                Fact.of(file, "login")
                    .with("machine", machine)
                    .with("user", user)
                    .secret("password", next)
                    .build());
          }
          i++;
        }
        default -> {
          // account, and the bodies of macros.
        }
      }
    }
    return facts;
  }

  private static List<String> words(ArtifactFile file) {
    List<String> words = new ArrayList<>();
    for (TextLines.Line line : TextLines.of(file)) {
      String text = line.text().strip();
      if (!text.startsWith("#") && !text.isEmpty()) {
        for (String word : text.split("\\s+")) {
          words.add(IniFile.unquoted(word));
        }
      }
    }
    return words;
  }
}
