package io.amivet.artifact.key;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.Evidence;
import io.amivet.artifact.Fields;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.Secret;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Keystores of Java and PKCS #12 files, known by their contents. Kind {@code keystore} if a private
 * or secret key is in it, {@code trust-store} if only certificates are seen, {@code
 * unread-keystore} if that cannot be told.
 */
final class KeystoreParser implements ArtifactParser {

  @Override
  public String name() {
    return "keystore";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    Optional<Keystore> store =
        JavaKeystore.read(file.bytes(), file.truncated())
            .or(() -> Pkcs12Store.read(file.bytes(), file.truncated()));
    return store.map(KeystoreParser::fact).stream().toList();
  }

  private static Artifact fact(Keystore store) {
    Fields fields =
        Fields.of("format", store.format())
            .and("privateKeys", count(store.privateKeys()))
            .and("secretKeys", count(store.secretKeys()))
            .and("certificates", count(store.certificates()))
            .and("password", store.lock().label());
    return new Artifact(
        kind(store),
        0,
        0,
        Evidence.of(summary(store)),
        fields.map(),
        store.bodies().stream().map(Secret::of).toList());
  }

  private static String kind(Keystore store) {
    if (store.hasKeys()) {
      return "keystore";
    }
    boolean isPlainlySeen = store.known() || store.lock() != Keystore.Lock.UNTRIED;
    return isPlainlySeen ? "trust-store" : "unread-keystore";
  }

  private static String count(int number) {
    return number == 0 ? "" : Integer.toString(number);
  }

  private static String summary(Keystore store) {
    StringJoiner parts = new StringJoiner(", ");
    parts.add(store.format() + " keystore");
    add(parts, store.privateKeys(), "private key");
    add(parts, store.secretKeys(), "secret key");
    parts.add(
        switch (store.lock()) {
          case EMPTY -> "opens with the empty password";
          case DEFAULT -> "opens with a customary password";
          case OTHER -> "opens with no customary password";
          case UNTRIED -> "not opened";
          case NONE -> "keys not encrypted";
        });
    return parts.toString();
  }

  private static void add(StringJoiner parts, int number, String what) {
    if (number > 0) {
      parts.add(number + " " + what + (number == 1 ? "" : "s"));
    }
  }
}
