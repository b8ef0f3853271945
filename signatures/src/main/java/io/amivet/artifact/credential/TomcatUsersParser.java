package io.amivet.artifact.credential;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.ImageView;
import java.util.List;

/**
 * {@code tomcat-users.xml}: {@code login} with the fields {@code user}, {@code roles}. The users
 * that the distribution ships stand in a comment. Weak passwords count: they let somebody in.
 */
final class TomcatUsersParser implements ArtifactParser {

  @Override
  public String name() {
    return "tomcat-users";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    return Xml.elements(file.bytes()).stream()
        .filter(element -> element.name().equals("user"))
        .filter(element -> !element.attributes().getOrDefault("password", "").isEmpty())
        .filter(element -> !element.attributes().getOrDefault("password", "").startsWith("<"))
        .map(element -> login(file, element))
        .toList();
  }

  private static Artifact login(ArtifactFile file, Xml.Element user) {
    return Fact.of(file, "login")
        .with("user", user.attributes().getOrDefault("username", ""))
        .with("roles", user.attributes().getOrDefault("roles", ""))
        .secret("password", user.attributes().getOrDefault("password", ""))
        .build();
  }
}
