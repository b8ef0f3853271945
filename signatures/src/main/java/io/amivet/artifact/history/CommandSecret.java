package io.amivet.artifact.history;

import io.amivet.artifact.Evidence;
import io.amivet.artifact.Secret;

/**
 * A secret that stands in a command.
 *
 * @param shape how it was given, without it: {@code mysql -p}, {@code IDENTIFIED BY}
 * @param evidence the shape with the secret in its place, and nothing else of the command
 */
record CommandSecret(String shape, Evidence evidence, Secret secret) {

  /** {@code before}, the secret, {@code after}; all but the secret is our own text. */
  static CommandSecret of(String before, String secret, String after) {
    Secret value = Secret.ofLatin1(secret);
    return new CommandSecret(before.strip(), Evidence.of(before).plus(value).plus(after), value);
  }

  static CommandSecret of(String before, String secret) {
    return of(before, secret, "");
  }
}
