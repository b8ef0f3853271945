package io.amivet.artifact.credential;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.ImageView;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A repository's {@code config} (git-config(1)): {@code repository} with the field {@code remote};
 * {@code url-credential}; {@code extra-header} for an Authorization header; {@code helper} for a
 * setting that stores passwords in the clear.
 */
final class GitConfigParser implements ArtifactParser {
  private static final Pattern AUTHORIZATION =
      Pattern.compile("(?i)authorization:\\s*(?:basic|bearer|token)\\s+(\\S{8,4000})");
  private static final Pattern USER_INFO = Pattern.compile("//[^/@]*@");

  @Override
  public String name() {
    return "git-config";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    List<IniFile.Setting> settings = IniFile.read(file);
    List<Artifact> facts = new ArrayList<>();
    String remote = "";
    boolean repository = false;
    for (IniFile.Setting setting : settings) {
      repository |= setting.is("repositoryformatversion");
      if (setting.is("url") && setting.section().startsWith("remote") && remote.isEmpty()) {
        remote = USER_INFO.matcher(setting.value()).replaceFirst("//");
      }
      facts.addAll(UrlCredentials.in(file, setting.value()));
      facts.addAll(UrlCredentials.in(file, setting.section()));
      Matcher header = AUTHORIZATION.matcher(setting.value());
      if (setting.is("extraheader") && header.find() && SecretValues.isSecret(header.group(1))) {
        facts.add(Fact.of(file, "extra-header").secret("Authorization", header.group(1)).build());
      }
      if (setting.is("helper") && setting.value().startsWith("store")) {
        facts.add(Fact.of(file, "helper").with("helper", "store").build());
      }
    }
    if (repository) {
      facts.addFirst(Fact.of(file, "repository").with("remote", remote).at(0).build());
    }
    return facts;
  }
}
