package io.amivet.artifact.vcs;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.Evidence;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A file of Subversion's authentication cache ({@code ~/.subversion/auth/svn.simple/*}, {@code
 * svn.ssl.client-passphrase/*}; "Client Credentials" in the Subversion book).
 *
 * <p>Kinds: {@code svn-password} for a password or passphrase in clear text; {@code
 * svn-external-password} where a keyring or the platform's encryption holds it. Cached server
 * certificates ({@code svn.ssl.server}) and user names hold neither.
 */
final class SvnAuthParser implements ArtifactParser {
  private static final List<String> SECRET_KEYS = List.of("password", "passphrase");

  /** Files from before password types were recorded hold plain passwords. */
  private static final Set<String> CLEAR_TYPES = Set.of("simple", "");

  /** What {@code passtype} may be ({@code svn_auth.h}); others are not printed. */
  private static final Set<String> KNOWN_TYPES =
      Set.of("simple", "gpg-agent", "gnome-keyring", "kwallet", "keychain", "wincrypt");

  private static final int MAX_FIELD_CHARS = 256;

  @Override
  public String name() {
    return "svn-auth";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    return SvnHashDump.read(file.bytes()).map(SvnAuthParser::artifacts).orElse(List.of());
  }

  private static List<Artifact> artifacts(Map<String, String> table) {
    String type = table.getOrDefault("passtype", "");
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("realm", clipped(withoutUserinfo(table.getOrDefault("svn:realmstring", ""))));
    fields.put("username", clipped(table.getOrDefault("username", "")));
    fields.put("passtype", KNOWN_TYPES.contains(type) ? type : "");
    for (String key : SECRET_KEYS) {
      String value = table.getOrDefault(key, "");
      if (CLEAR_TYPES.contains(type) && !value.isEmpty()) {
        Secret secret = Secret.ofLatin1(value);
        Evidence evidence = who(fields).plus(" " + key + " ").plus(secret);
        return List.of(new Artifact("svn-password", 0, -1, evidence, fields, List.of(secret)));
      }
    }
    if (KNOWN_TYPES.contains(type) && !CLEAR_TYPES.contains(type)) {
      Evidence evidence = who(fields).plus(" password kept by " + type);
      return List.of(new Artifact("svn-external-password", 0, -1, evidence, fields, List.of()));
    }
    return List.of();
  }

  private static Evidence who(Map<String, String> fields) {
    String user = fields.getOrDefault("username", "");
    return Evidence.of(fields.get("realm") + (user.isEmpty() ? "" : " user " + user));
  }

  /** {@code <https://user:pw@host:443> Realm} without what stands before the {@code @}. */
  private static String withoutUserinfo(String realm) {
    int scheme = realm.indexOf("://");
    int close = realm.indexOf('>');
    int at = scheme < 0 || close < 0 ? -1 : realm.lastIndexOf('@', close);
    return at < scheme + 3 || at < 0
        ? realm
        : realm.substring(0, scheme + 3) + realm.substring(at + 1);
  }

  private static String clipped(String text) {
    return text.length() <= MAX_FIELD_CHARS ? text : text.substring(0, MAX_FIELD_CHARS);
  }
}
