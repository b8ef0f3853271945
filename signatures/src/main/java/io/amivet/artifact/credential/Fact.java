package io.amivet.artifact.credential;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.Evidence;
import io.amivet.artifact.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An {@link Artifact} under construction. Its place is where the first secret stands in the file.
 */
final class Fact {
  private static final int MAX_SHOWN_CHARS = 200;

  private final ArtifactFile file;
  private final String kind;
  private final Map<String, String> fields = new LinkedHashMap<>();
  private final List<Secret> secrets = new ArrayList<>();
  private Evidence evidence = Evidence.none();
  private int offset = -1;

  private Fact(ArtifactFile file, String kind) {
    this.file = file;
    this.kind = kind;
  }

  static Fact of(ArtifactFile file, String kind) {
    return new Fact(file, kind);
  }

  /** A field to identify by, also shown; left out if empty. */
  Fact with(String name, String value) {
    if (!value.isEmpty()) {
      String shown = shown(value);
      fields.put(name, shown);
      evidence = evidence.plus(separator() + name + " " + shown);
    }
    return this;
  }

  /** A field that only rules look at. */
  Fact withHidden(String name, String value) {
    fields.put(name, shown(value));
    return this;
  }

  Fact secret(String name, String value) {
    Secret secret = Secret.ofLatin1(value);
    evidence = evidence.plus(separator() + shown(name) + " = ").plus(secret);
    secrets.add(secret);
    if (offset < 0) {
      offset = file.latin1().indexOf(value);
    }
    return this;
  }

  /** Where the fact stands if it has no secret. */
  Fact at(int place) {
    offset = place;
    return this;
  }

  Artifact build() {
    int line = offset < 0 ? 0 : lineOf(offset);
    return new Artifact(kind, line, offset, evidence, fields, secrets);
  }

  private int lineOf(int place) {
    int line = 1;
    for (int i = 0; i < place; i++) {
      line += file.bytes()[i] == '\n' ? 1 : 0;
    }
    return line;
  }

  private String separator() {
    return evidence.redacted().isEmpty() ? "" : ", ";
  }

  private static String shown(String value) {
    return value.length() <= MAX_SHOWN_CHARS ? value : value.substring(0, MAX_SHOWN_CHARS);
  }
}
