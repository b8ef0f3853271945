package io.amivet.artifact.key;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.Evidence;
import io.amivet.artifact.Fields;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.Place;
import io.amivet.artifact.Secret;
import io.amivet.artifact.key.Certificates.Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Private keys of any container, in any text file. A key that does not decode to the end is not
 * reported; a certificate or public key alone never is.
 */
final class PrivateKeysParser implements ArtifactParser {

  @Override
  public String name() {
    return "private-keys";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    String text = file.latin1();
    List<FoundKey> keys = new ArrayList<>(PemKeys.find(text));
    keys.addAll(PuttyKeys.find(text));
    if (keys.isEmpty()) {
      return List.of();
    }
    Certificates certificates = Certificates.around(file, image);
    Map<Secret, Artifact> facts = new LinkedHashMap<>();
    for (FoundKey key : keys) {
      Secret body = Secret.of(key.body());
      Artifact known = facts.get(body);
      if (known != null) {
        facts.put(body, known.alsoAt(new Place(key.offset(), key.line())));
        continue;
      }
      Optional<Certificate> certificate =
          key.publicHalf().fingerprint().isEmpty()
              ? Optional.empty()
              : certificates.of(key.publicHalf());
      facts.put(body, fact(key, certificate, KeyRole.of(file.path(), certificate, image)));
    }
    return List.copyOf(facts.values());
  }

  private static Artifact fact(FoundKey key, Optional<Certificate> certificate, KeyRole role) {
    PublicHalf half = key.publicHalf();
    Fields fields =
        Fields.of("role", role.label())
            .and("format", key.format())
            .and("encrypted", key.format().equals("openpgp") ? "unknown" : yesNo(key.encrypted()))
            .and("kdf", key.kdf())
            .and("type", half.type())
            .and("bits", half.bits() == 0 ? "" : Integer.toString(half.bits()))
            .and("fingerprint", half.fingerprint())
            .and("testKey", TestKeys.sourceOf(half.fingerprint()).orElse(""))
            .and("comment", shortened(key.comment()))
            .and("certSubject", certificate.map(Certificate::subject).orElse(""))
            .and("certIssuer", certificate.map(Certificate::issuer).orElse(""))
            .and("certSelfSigned", certificate.map(c -> yesNo(c.selfSigned())).orElse(""))
            .and("notAfter", certificate.map(Certificate::notAfter).orElse(""));
    return new Artifact(
        key.format().equals("openpgp") ? "pgp-secret-key" : "private-key",
        key.line(),
        key.offset(),
        Evidence.of(summary(key)),
        fields.map(),
        List.of(Secret.of(key.body())));
  }

  private static String summary(FoundKey key) {
    String what = (key.encrypted() ? "encrypted " : "") + key.format() + " private key";
    PublicHalf half = key.publicHalf();
    if (half.fingerprint().isEmpty()) {
      return what;
    }
    String comment = key.comment().isEmpty() ? "" : " " + shortened(key.comment());
    return what + ", " + half.type() + " " + half.fingerprint() + comment;
  }

  private static String yesNo(boolean value) {
    return value ? "yes" : "no";
  }

  private static String shortened(String text) {
    return text.length() <= 256 ? text : text.substring(0, 256) + "...";
  }
}
