package io.amivet.artifact.credential;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.TextLines;
import java.util.ArrayList;
import java.util.List;

/** URLs with a password, one or more a line: the store of git-credential-store(1), source lists. */
final class UrlCredentialsParser implements ArtifactParser {
  private static final int MAX_FACTS = 200;

  @Override
  public String name() {
    return "url-credentials";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    List<Artifact> facts = new ArrayList<>();
    for (TextLines.Line line : TextLines.of(file)) {
      if (facts.size() < MAX_FACTS && !line.text().stripLeading().startsWith("#")) {
        facts.addAll(UrlCredentials.in(file, line.text()));
      }
    }
    return facts;
  }
}
