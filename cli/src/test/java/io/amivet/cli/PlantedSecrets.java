package io.amivet.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The secrets of the demo image, read out of the files that were planted in it, so that they need
 * not be written down anywhere else.
 *
 * @param shown those that a report with {@code --show-secrets} must quote in full
 * @param hidden all that no other report may hold
 */
record PlantedSecrets(List<String> shown, List<String> hidden) {

  /** What is secret in one file: the group of each match. */
  private record Place(String path, String pattern) {}

  private static final List<Place> ROOT_PLACES =
      List.of(
          new Place("/root/.bash_history", "AWS_SECRET_ACCESS_KEY=(\\S+)"),
          new Place("/root/.bash_history", "mysql -u root -p(\\S+)"),
          new Place("/root/.bash_history", "curl -u deploybot:(\\S+)"),
          new Place("/home/ec2-user/.zsh_history", "builder:(ghp_\\w+)@"),
          new Place("/root/.mysql_history", "BY\\\\040'(\\w+)'"),
          new Place("/root/.aws/credentials", "aws_secret_access_key = (\\S+)"),
          new Place("/home/ec2-user/.my.cnf", "password=(\\S+)"),
          new Place("/home/ec2-user/.pgpass", "reader:(\\S+)"),
          new Place("/home/ec2-user/.netrc", "password (\\S+)"),
          new Place(
              "/home/ec2-user/.subversion/auth/svn.simple/d3c5f4b8e3a94d7f8d1f0f4f9e1c2b3a",
              "password\nV 16\n(\\S+)"),
          new Place("/root/.docker/config.json", "\"auth\": \"([^\"]+)\""));

  private static final List<Place> DATA_PLACES =
      List.of(
          new Place("/shop/.env", "DB_PASSWORD=(\\S+)"),
          new Place("/shop/.env", "STRIPE_SECRET_KEY=(\\S+)"),
          new Place("/shop/wp-config.php", "'DB_PASSWORD', '(\\S+)'"));

  /** A line of base64 inside a key file, or a password hash. */
  private static final List<Place> HIDDEN_PLACES =
      List.of(
          new Place("/root/.ssh/id_rsa", "(?m)^([A-Za-z0-9+/=]{40,})$"),
          new Place("/home/ec2-user/.ssh/id_ed25519", "(?m)^([A-Za-z0-9+/=]{40,})$"),
          new Place("/etc/ssh/ssh_host_ed25519_key", "(?m)^([A-Za-z0-9+/=]{40,})$"),
          new Place("/etc/shadow", "\\$6\\$\\w+\\$([^:]+)"),
          new Place("/root/.cvspass", "cvs (A\\S+)"));

  static PlantedSecrets read(Path root, Path data) {
    List<String> shown = new ArrayList<>();
    ROOT_PLACES.forEach(place -> shown.addAll(find(root, place)));
    DATA_PLACES.forEach(place -> shown.addAll(find(data, place)));
    List<String> hidden = new ArrayList<>(shown);
    HIDDEN_PLACES.forEach(place -> hidden.addAll(find(root, place)));
    hidden.addAll(find(root, new Place(signingKey(root), "(?m)^([A-Za-z0-9+/=]{40,})$")));
    find(root, ROOT_PLACES.getLast()).forEach(auth -> hidden.add(passwordOf(auth)));
    return new PlantedSecrets(List.copyOf(shown), List.copyOf(hidden));
  }

  private static List<String> find(Path image, Place place) {
    WholeRun cat = WholeRun.of("cat", image.toString(), place.path());
    List<String> found =
        Pattern.compile(place.pattern()).matcher(cat.out()).results().map(m -> m.group(1)).toList();
    if (cat.code() != 0 || found.isEmpty()) {
      throw new AssertionError("nothing planted in " + place.path() + ": " + cat.err());
    }
    return found;
  }

  private static String signingKey(Path root) {
    WholeRun ls = WholeRun.of("ls", "-R", root.toString(), "/home/ec2-user/.ec2");
    return Stream.of(ls.out().split("\\s+"))
        .map(word -> word.substring(word.lastIndexOf('/') + 1))
        .filter(name -> name.startsWith("pk-"))
        .findFirst()
        .map(name -> "/home/ec2-user/.ec2/" + name)
        .orElseThrow(() -> new AssertionError(ls.out() + ls.err()));
  }

  private static String passwordOf(String auth) {
    String pair = new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
    return pair.substring(pair.indexOf(':') + 1);
  }
}
