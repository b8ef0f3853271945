package io.amivet.artifact.credential;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.TextLines;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Password files of htpasswd(1) and htdigest(1). {@code hash}: fields {@code user}, {@code scheme}
 * ({@code bcrypt}, {@code apr1}, {@code sha1}, {@code digest}, {@code crypt}, {@code des}).
 */
final class HtpasswdParser implements ArtifactParser {
  private static final Pattern LINE = Pattern.compile("([^:#\\s][^:]{0,200}):(\\S{13,300})");
  private static final int MAX_FACTS = 200;

  @Override
  public String name() {
    return "htpasswd";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    List<Artifact> facts = new ArrayList<>();
    for (TextLines.Line line : TextLines.of(file)) {
      Matcher entry = LINE.matcher(line.text().strip());
      if (facts.size() == MAX_FACTS || !entry.matches()) {
        continue;
      }
      String scheme = scheme(entry.group(2));
      if (!scheme.isEmpty()) {
        facts.add(
            Fact.of(file, "hash")
                .with("user", entry.group(1))
                .with("scheme", scheme)
                .secret("hash", entry.group(2))
                .build());
      }
    }
    return facts;
  }

  private static String scheme(String hash) {
    if (hash.matches("\\$2[aby]\\$[0-9]{2}\\$[./A-Za-z0-9]{53}")) {
      return "bcrypt";
    }
    if (hash.matches("\\$apr1\\$[./A-Za-z0-9]{1,8}\\$[./A-Za-z0-9]{22}")) {
      return "apr1";
    }
    if (hash.matches("\\{SHA\\}[A-Za-z0-9+/]{27}=")) {
      return "sha1";
    }
    if (hash.matches("[^:]{1,200}:[0-9a-f]{32}")) {
      return "digest";
    }
    if (hash.matches("\\$[156y]\\$\\S{20,200}")) {
      return "crypt";
    }
    return hash.matches("[./A-Za-z0-9]{13}") ? "des" : "";
  }
}
