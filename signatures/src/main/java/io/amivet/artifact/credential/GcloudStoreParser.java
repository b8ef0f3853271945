package io.amivet.artifact.credential;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.DatabaseFile;
import io.amivet.artifact.ImageView;
import io.amivet.sqlite.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The databases of gcloud. Of {@code credentials.db}, what {@link GcpKeyParser} makes of the JSON
 * of each account: {@code user-credentials} and {@code service-account-key}. Of {@code
 * access_tokens.db}: {@code access-token}, which is good for an hour. All with the field {@code
 * account}.
 */
final class GcloudStoreParser implements ArtifactParser {
  private static final int MAX_ACCOUNTS = 1_000;
  private static final int MAX_ACCOUNT_CHARS = 200;
  private static final GcpKeyParser KEYS = new GcpKeyParser();

  @Override
  public String name() {
    return "gcloud-store";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    List<Artifact> found = new ArrayList<>();
    DatabaseFile.open(file, image)
        .ifPresent(database -> {
          database.rows(
              "credentials",
              List.of("value", "account_id"),
              values -> {
                credentials(file, values, image, found);
                return found.size() < MAX_ACCOUNTS;
              });
          database.rows(
              "access_tokens",
              List.of("access_token", "account_id"),
              values -> {
                token(file, values, found);
                return found.size() < MAX_ACCOUNTS;
              });
        });
    return found;
  }

  private static void credentials(
      ArtifactFile file, List<Value> values, ImageView image, List<Artifact> found) {
    byte[] json = DatabaseFile.latin1(values.get(0)).getBytes(StandardCharsets.ISO_8859_1);
    for (Artifact inJson : KEYS.parse(ArtifactFile.of(file.path(), json), image)) {
      // Where it stands in the JSON says nothing of the place in the file.
      found.add(
          new Artifact(inJson.kind(), 0, -1, inJson.evidence(), inJson.fields(), inJson.secrets())
              .withField("account", account(values)));
    }
  }

  private static void token(ArtifactFile file, List<Value> values, List<Artifact> found) {
    String token = DatabaseFile.latin1(values.get(0));
    if (SecretValues.isSecret(token)) {
      found.add(
          Fact.of(ArtifactFile.of(file.path(), new byte[0]), "access-token")
              .with("account", account(values))
              .secret("access_token", token)
              .build());
    }
  }

  private static String account(List<Value> values) {
    String account = DatabaseFile.latin1(values.get(1));
    return account.substring(0, Math.min(account.length(), MAX_ACCOUNT_CHARS));
  }
}
