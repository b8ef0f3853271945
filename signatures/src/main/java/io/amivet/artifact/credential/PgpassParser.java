package io.amivet.artifact.credential;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.TextLines;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code .pgpass} (PostgreSQL manual, "The Password File"): {@code
 * host:port:database:user:password} with {@code \:} and {@code \\} for the characters themselves.
 * {@code login}: fields {@code host}, {@code database}, {@code user}.
 */
final class PgpassParser implements ArtifactParser {
  private static final int FIELDS = 5;
  private static final int MAX_FACTS = 200;

  @Override
  public String name() {
    return "pgpass";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    List<Artifact> facts = new ArrayList<>();
    for (TextLines.Line line : TextLines.of(file)) {
      String text = line.text();
      if (text.startsWith("#") || facts.size() == MAX_FACTS) {
        continue;
      }
      List<String> fields = fields(text);
      if (fields.size() == FIELDS && SecretValues.isSecret(fields.get(4))) {
        facts.add(
            Fact.of(file, "login")
                .with("host", fields.get(0))
                .with("database", fields.get(2))
                .with("user", fields.get(3))
                .secret("password", fields.get(4))
                .build());
      }
    }
    return facts;
  }

  private static List<String> fields(String text) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        field.append(text.charAt(++i));
      } else if (c == ':' && fields.size() < FIELDS - 1) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
