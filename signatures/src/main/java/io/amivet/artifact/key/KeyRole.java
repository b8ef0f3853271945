package io.amivet.artifact.key;

import io.amivet.artifact.ImageView;
import io.amivet.artifact.TextLines;
import io.amivet.artifact.key.Certificates.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a private key is for; exactly one, so that one key makes one finding. */
enum KeyRole {
  /** Sample of a package's documentation or tests. */
  SAMPLE("sample"),
  /** Identity of an SSH server. */
  SSH_HOST("ssh-host"),
  /** Signing key of the EC2 bundling tools. */
  EC2_SIGNING("ec2-signing"),
  /** The self-signed key that Debian's ssl-cert makes on installation. */
  SNAKEOIL("snakeoil"),
  TLS("tls"),
  /** Anything else that lets its holder in somewhere. */
  IDENTITY("identity");

  private static final Pattern SAMPLE_PATH =
      Pattern.compile(
          "^/usr/(?:share|lib|lib64|local/lib)/.*(?:/doc/|/docs/|/examples?/|/tests?/|/testing/"
              + "|/testdata/|/test_|/t/)|^/usr/share/doc/|/(?:node_modules|site-packages"
              + "|dist-packages|go/pkg/mod|\\.cargo/registry)/.*/(?:tests?|testdata|examples?|fixtures?)/");

  private static final Pattern HOST_NAME =
      Pattern.compile("(?:.*_)?host_?key|ssh_host_.*_key|ssh_host_key.*");

  private static final Pattern EC2_NAME = Pattern.compile("pk-[A-Z2-7]{32}\\.pem");

  private static final Pattern TLS_PATH =
      Pattern.compile(
          "^/etc/(?:pki/tls|ssl|nginx|apache2|httpd|haproxy|lighttpd|postfix|dovecot|exim4"
              + "|letsencrypt|caddy|traefik|stunnel4?)/");

  private final String label;

  KeyRole(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  static KeyRole of(String path, Optional<Certificate> certificate, ImageView image) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (SAMPLE_PATH.matcher(path).find()) {
      return SAMPLE;
    }
    if (HOST_NAME.matcher(name).matches() || hostKeyTargets(image).contains(path)) {
      return SSH_HOST;
    }
    boolean named = name.startsWith("pk-") && name.endsWith(".pem");
    boolean bundling = EC2_NAME.matcher(name).matches() || path.contains("/.ec2/");
    if (bundling || (named && certificate.isPresent())) {
      return EC2_SIGNING;
    }
    if (name.startsWith("ssl-cert-snakeoil")
        && certificate.map(Certificate::selfSigned).orElse(true)) {
      return SNAKEOIL;
    }
    return certificate.isPresent() || TLS_PATH.matcher(path).find() ? TLS : IDENTITY;
  }

  /** Where sshd_config says that host keys lie; includes other than the usual one are not read. */
  private static List<String> hostKeyTargets(ImageView image) {
    List<String> files = new ArrayList<>(List.of("/etc/ssh/sshd_config"));
    files.addAll(image.glob("/etc/ssh/sshd_config.d/*.conf"));
    List<String> targets = new ArrayList<>();
    for (String file : files) {
      image
          .read(file)
          .ifPresent(config -> {
            for (TextLines.Line line : TextLines.of(config)) {
              String[] words = line.text().strip().split("[\\s=\"]+");
              if (words.length > 1 && words[0].toLowerCase(Locale.ROOT).equals("hostkey")) {
                targets.add(words[1]);
              }
            }
          });
    }
    return targets;
  }
}
