package io.amivet.artifact.credential;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.AwsAccessKeyId;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.Placeholders;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The CSV file that the IAM console offers for download: {@code Access key ID,Secret access key} or
 * {@code AWSAccessKeyId=…}. {@code aws-key} as in {@link AwsCredentialsParser}.
 */
final class IamCsvParser implements ArtifactParser {
  private static final Pattern KEYS =
      Pattern.compile(
          "\\b((?:AKIA|ASIA)[A-Z2-7]{16})\\b[^A-Za-z0-9/+]{1,4}(?:AWSSecretKey=)?"
              + "([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])");

  private static final int MAX_FACTS = 100;

  @Override
  public String name() {
    return "iam-csv";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    String text = file.latin1();
    if (!text.contains("ecret access key") && !text.contains("AWSSecretKey")) {
      return List.of();
    }
    List<Artifact> facts = new ArrayList<>();
    Matcher keys = KEYS.matcher(text);
    while (keys.find() && facts.size() < MAX_FACTS) {
      if (!Placeholders.isPlaceholder(keys.group(1))
          && !Placeholders.isPlaceholder(keys.group(2))) {
        facts.add(
            Fact.of(file, "aws-key")
                .with("accessKeyId", keys.group(1))
                .with("account", AwsAccessKeyId.account(keys.group(1)).orElse(""))
                .withHidden(
                    "term", AwsAccessKeyId.isTemporary(keys.group(1)) ? "temporary" : "long")
                .secret("secret access key", keys.group(2))
                .build());
      }
    }
    return facts;
  }
}
