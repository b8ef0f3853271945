package io.amivet.artifact.credential;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.TextLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Literal values of {@code define('NAME', 'value')} in PHP, as in {@code wp-config.php}. {@code
 * secret}: field {@code key}. Commented lines and values read from the environment do not count.
 */
final class PhpConstantsParser implements ArtifactParser {
  private static final Pattern DEFINE =
      Pattern.compile(
          "^\\s*define\\(\\s*(['\"])([A-Z_]{1,60})\\1\\s*,\\s*(['\"])(.{1,500}?)\\3\\s*\\)");

  private static final int MAX_FACTS = 50;

  @Override
  public String name() {
    return "php-constants";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    List<Artifact> facts = new ArrayList<>();
    for (TextLines.Line line : TextLines.of(file)) {
      Matcher define = DEFINE.matcher(line.text());
      if (facts.size() < MAX_FACTS
          && define.find()
          && isSensitive(define.group(2))
          && SecretValues.isSecret(define.group(4))) {
        facts.add(
            Fact.of(file, "secret")
                .withHidden("key", define.group(2))
                .secret(define.group(2), define.group(4))
                .build());
      }
    }
    return facts;
  }

  /** Also WordPress's {@code AUTH_KEY}, {@code LOGGED_IN_SALT} and the like. */
  private static boolean isSensitive(String name) {
    return SensitiveNames.isSensitive(name)
        || name.toLowerCase(Locale.ROOT)
            .matches("(?:auth|secure_auth|logged_in|nonce)_(?:key|salt)");
  }
}
