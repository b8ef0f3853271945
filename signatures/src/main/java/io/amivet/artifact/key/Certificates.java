package io.amivet.artifact.key;

import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ImageView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * X.509 certificates that may belong to the keys of a file: in the file itself, beside it, and
 * under the same name in the {@code certs} directory that Debian and Red Hat keep next to {@code
 * private}.
 */
final class Certificates {
  private static final Set<String> LABELS =
      Set.of("CERTIFICATE", "TRUSTED CERTIFICATE", "X509 CERTIFICATE");

  private static final List<String> SUFFIXES = List.of("pem", "crt", "cer", "cert");
  private static final int MAX_FILES = 64;
  private static final int MAX_CERTIFICATES = 200;
  private static final int MAX_FILE_BYTES = 256 << 10;

  private final List<Certificate> certificates = new ArrayList<>();

  /**
   * What a report says of a certificate.
   *
   * @param subject RFC 4519 names in the order of the certificate
   * @param notAfter ISO 8601
   */
  record Certificate(
      String fingerprint, String subject, String issuer, String notAfter, boolean selfSigned) {}

  private Certificates() {}

  static Certificates around(ArtifactFile file, ImageView image) {
    Certificates around = new Certificates();
    around.addAll(file);
    int files = 0;
    for (String path : candidates(file.path(), image)) {
      if (files++ < MAX_FILES && !path.equals(file.path())) {
        image.read(path).ifPresent(around::addAll);
      }
    }
    return around;
  }

  /** The certificate of this public key. */
  Optional<Certificate> of(PublicHalf publicHalf) {
    return certificates.stream()
        .filter(certificate -> certificate.fingerprint().equals(publicHalf.fingerprint()))
        .findFirst();
  }

  private static List<String> candidates(String path, ImageView image) {
    int slash = path.lastIndexOf('/');
    String directory = path.substring(0, slash);
    String name = path.substring(slash + 1);
    String base = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
    String parent = directory.isEmpty() ? "" : directory.substring(0, directory.lastIndexOf('/'));
    List<String> candidates = new ArrayList<>();
    for (String suffix : SUFFIXES) {
      candidates.add(parent + "/certs/" + base + "." + suffix);
    }
    for (String suffix : SUFFIXES) {
      candidates.addAll(image.glob(quoted(directory) + "/*." + suffix));
    }
    return candidates;
  }

  /** The directory as a glob that matches itself alone. */
  private static String quoted(String directory) {
    return directory.replaceAll("[*?\\[{]", "?");
  }

  private void addAll(ArtifactFile file) {
    if (file.bytes().length > MAX_FILE_BYTES) {
      return;
    }
    for (PemBlock block : PemBlock.find(file.latin1(), LABELS)) {
      if (certificates.size() < MAX_CERTIFICATES) {
        read(block.body()).ifPresent(certificates::add);
      }
    }
  }

  private static Optional<Certificate> read(byte[] der) {
    try {
      DerShape.check(der);
      X509CertificateHolder holder = new X509CertificateHolder(der);
      PublicHalf key = PublicHalf.of(holder.getSubjectPublicKeyInfo());
      return Optional.of(
          new Certificate(
              key.fingerprint(),
              shortened(holder.getSubject().toString()),
              shortened(holder.getIssuer().toString()),
              holder.getNotAfter().toInstant().toString(),
              holder.getSubject().equals(holder.getIssuer())));
    } catch (MalformedKeyException | IOException | RuntimeException e) {
      // Bouncy Castle reports bad input by unchecked exceptions of many kinds.
      return Optional.empty();
    }
  }

  private static String shortened(String name) {
    return name.length() <= 256 ? name : name.substring(0, 256) + "...";
  }
}
