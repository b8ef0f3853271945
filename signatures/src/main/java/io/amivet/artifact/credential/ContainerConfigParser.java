package io.amivet.artifact.credential;

import com.fasterxml.jackson.databind.JsonNode;
import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.Json;
import io.amivet.artifact.Secret;
import io.amivet.artifact.history.ShellLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a container, or an image of one, is started with: docker's {@code config.v2.json}, the image
 * configuration of docker and OCI ("OCI Image Configuration"), the {@code config.json} of a runtime
 * bundle. Secrets stand among the variables, and in the history: build arguments and the commands
 * of each step are kept there.
 *
 * <p>{@code secret} and {@code url-credential} as of {@link EnvironmentParser}; besides field
 * {@code place}: {@code environment}, {@code build}.
 */
final class ContainerConfigParser implements ArtifactParser {
  private static final int MAX_FACTS = 200;
  private static final int MAX_STEPS = 1_000;
  private static final int MAX_STEP_CHARS = 64 << 10;

  private static final Pattern VARIABLE =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_.-]{1,100})=(.{1,16000})", Pattern.DOTALL);

  /** {@code |2 TOKEN=abc NAME=def /bin/sh -c …}: the builder writes values without quotes. */
  private static final Pattern BUILD_ARGUMENTS =
      Pattern.compile("\\|[0-9]{1,4}((?:\\s[A-Za-z_][A-Za-z0-9_]{0,100}=[^=]{0,4000}?)+)\\s/");

  private static final Pattern ARGUMENT =
      Pattern.compile("\\s([A-Za-z_][A-Za-z0-9_]{0,100})=([^=]{1,4000}?)(?=\\s\\w{1,100}=|$)");

  private static final Pattern INSTRUCTION =
      Pattern.compile("(?:#\\(nop\\)\\s{1,4}|^)(?:ENV|ARG)\\s+(.{1,16000})", Pattern.DOTALL);

  @Override
  public String name() {
    return "container-config";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    if (file.bytes().length == 0 || file.bytes()[0] != '{') {
      return List.of();
    }
    JsonNode root = Json.tree(file.bytes());
    Found found = new Found(file);
    for (String config : List.of("config", "Config", "container_config")) {
      found.addVariables(root.path(config).path("Env"));
    }
    found.addVariables(root.path("process").path("env"));
    int steps = 0;
    for (JsonNode step : root.path("history")) {
      String command = step.path("created_by").asText();
      if (steps++ < MAX_STEPS && command.length() <= MAX_STEP_CHARS) {
        found.addStep(command);
      }
    }
    return found.facts;
  }

  /** The facts of one file, each secret once. */
  private static final class Found {
    final ArtifactFile file;
    final List<Artifact> facts = new ArrayList<>();
    final Set<Secret> known = new HashSet<>();

    Found(ArtifactFile file) {
      this.file = file;
    }

    void addVariables(JsonNode variables) {
      for (JsonNode variable : variables) {
        addVariable(variable.asText(), "environment");
      }
    }

    void addStep(String command) {
      Matcher instruction = INSTRUCTION.matcher(command);
      if (instruction.find()) {
        addVariable(instruction.group(1), "build");
      }
      Matcher arguments = BUILD_ARGUMENTS.matcher(command);
      if (arguments.lookingAt()) {
        Matcher argument = ARGUMENT.matcher(arguments.group(1));
        while (argument.find()) {
          add(EnvironmentParser.facts(file, argument.group(1), argument.group(2)), "build");
        }
      }
      for (Secret typed : ShellLine.secrets(command)) {
        String value = new String(typed.reveal(), StandardCharsets.ISO_8859_1);
        add(List.of(Fact.of(file, "secret").secret("command", value).build()), "build");
      }
    }

    private void addVariable(String text, String place) {
      Matcher variable = VARIABLE.matcher(text);
      if (variable.matches()) {
        add(EnvironmentParser.facts(file, variable.group(1), variable.group(2)), place);
      }
    }

    private void add(List<Artifact> more, String place) {
      for (Artifact fact : more) {
        if (facts.size() < MAX_FACTS && known.addAll(fact.secrets())) {
          facts.add(fact.withField("place", place));
        }
      }
    }
  }
}
