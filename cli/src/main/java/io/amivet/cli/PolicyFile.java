package io.amivet.cli;

import io.amivet.policy.Policy;
import io.amivet.policy.PolicyLoader;
import io.amivet.rule.Rule;
import io.amivet.rule.RulePack;
import io.amivet.rule.RuleSyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The policy that the user names. */
final class PolicyFile {
  private static final long MAX_BYTES = 16L << 20;

  private PolicyFile() {}

  /**
   * Reads a policy; exceptions may only name rules of {@code rules}.
   *
   * @throws CommandFailure if there is no such file
   */
  static Optional<Policy> load(@Nullable Path file, RulePack rules)
      throws CommandFailure, RuleSyntaxException {
    if (file == null) {
      return Optional.empty();
    }
    return Optional.of(
        PolicyLoader.load(
            file.toString(),
            bytes(file, "policy", MAX_BYTES),
            rules.rules().stream().map(Rule::id).collect(Collectors.toSet())));
  }

  /** The bytes of a file that the user names; what is wrong with it is wrong usage. */
  static byte[] bytes(Path file, String what, long maxBytes) throws CommandFailure {
    try {
      if (Files.isDirectory(file)) {
        throw new CommandFailure(ExitCode.USAGE, what + " is a folder: " + file);
      }
      if (Files.size(file) > maxBytes) {
        throw new CommandFailure(
            ExitCode.USAGE, what + " is larger than " + maxBytes + " bytes: " + file);
      }
      return Files.readAllBytes(file);
    } catch (CommandFailure e) {
      throw e;
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "cannot read the " + what + " " + file + ": " + reason(e));
    }
  }

  private static String reason(IOException e) {
    return e instanceof java.nio.file.NoSuchFileException ? "no such file" : e.toString();
  }
}
