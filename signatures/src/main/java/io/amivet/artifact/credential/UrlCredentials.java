package io.amivet.artifact.credential;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.SecretChecks;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Passwords in URLs (RFC 3986, userinfo). {@code url-credential}: fields {@code scheme}, {@code
 * host}, {@code user}.
 */
final class UrlCredentials {
  private static final int MAX_FACTS = 200;

  private static final Pattern URL =
      Pattern.compile(
          "\\b([a-z][a-z0-9+.-]{1,20})://([^/@:\\s\"'<>]{0,200}):([^/@\\s\"'<>]{1,400})@([^/\\s\"'<>?#]{1,300})");

  /** A name nobody chose: long, with digits among letters. */
  private static final Pattern TOKEN =
      Pattern.compile("(?=[^0-9]{0,40}[0-9])(?=[^A-Za-z]{0,40}[A-Za-z])[A-Za-z0-9_-]{20,200}");

  private UrlCredentials() {}

  static List<Artifact> in(ArtifactFile file, String text) {
    List<Artifact> facts = new ArrayList<>();
    Matcher url = URL.matcher(text);
    while (url.find() && facts.size() < MAX_FACTS) {
      if (SecretChecks.named("uri-password").test(url.group())) {
        facts.add(fact(file, url));
      }
    }
    return facts;
  }

  /** Git servers take a token in place of the user, with any password or {@code x-oauth-basic}. */
  private static Artifact fact(ArtifactFile file, Matcher url) {
    String user = url.group(2);
    String password = url.group(3);
    Fact fact =
        Fact.of(file, "url-credential").with("scheme", url.group(1)).with("host", url.group(4));
    if (!TOKEN.matcher(user).matches()) {
      return fact.with("user", user).secret("password", password).build();
    }
    fact.secret("token", user);
    return password.equals("x-oauth-basic")
        ? fact.build()
        : fact.secret("password", password).build();
  }
}
