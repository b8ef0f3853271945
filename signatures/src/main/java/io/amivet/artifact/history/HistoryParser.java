package io.amivet.artifact.history;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.DatabaseFile;
import io.amivet.artifact.Evidence;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.Secret;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A history of commands. Kinds: {@code history} for a file that holds any ({@code history-like} if
 * only its name suggests so and it holds two lines or more), with their number and the dates
 * between which they ran; {@code history-secret} for each secret that was typed into one. Never
 * shows a command.
 */
final class HistoryParser implements ArtifactParser {
  private static final int MAX_SECRETS = 500;
  private static final int BINARY_PROBE_BYTES = 8192;
  private static final int LIKELY_COMMANDS = 2;

  @Override
  public String name() {
    return "history";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    HistoryFormat format = HistoryFormat.ofPath(file.path());
    List<HistoryCommand> stored =
        DatabaseFile.open(file, image).map(DatabaseHistory::read).orElse(List.of());
    return stored.isEmpty() ? parse(format, file.bytes()) : withSecrets("history", format, stored);
  }

  static List<Artifact> parse(HistoryFormat format, byte[] bytes) {
    if (KornHistory.isBinary(bytes) || isBinary(bytes)) {
      return binary(format, bytes);
    }
    List<HistoryCommand> commands = commands(format, bytes);
    boolean known = format != HistoryFormat.UNKNOWN;
    if (commands.size() < (known ? 1 : LIKELY_COMMANDS)) {
      return List.of();
    }
    return withSecrets(known ? "history" : "history-like", format, commands);
  }

  private static List<HistoryCommand> commands(HistoryFormat format, byte[] bytes) {
    return switch (format) {
      case ZSH -> ZshHistory.read(bytes);
      case FISH -> FishHistory.read(bytes);
      case VIM -> EditorHistory.viminfo(bytes);
      case LESS -> EditorHistory.less(bytes);
      default -> TextHistory.read(bytes);
    };
  }

  /** A zero byte near the start: no shell writes one into a history of text. */
  private static boolean isBinary(byte[] bytes) {
    for (int i = 0; i < Math.min(bytes.length, BINARY_PROBE_BYTES); i++) {
      if (bytes[i] == 0) {
        return true;
      }
    }
    return false;
  }

  /** Korn shells' own formats; or a store of a kind that is not read. */
  private static List<Artifact> binary(HistoryFormat format, byte[] bytes) {
    if (KornHistory.isBinary(bytes)) {
      List<HistoryCommand> commands = KornHistory.read(bytes);
      return commands.isEmpty() ? List.of() : withSecrets("history", HistoryFormat.KSH, commands);
    }
    if (format == HistoryFormat.UNKNOWN || isBlank(bytes)) {
      return List.of();
    }
    return List.of(
        new Artifact(
            "history",
            0,
            -1,
            Evidence.of(
                format.label() + " history in a binary store of " + bytes.length + " bytes"),
            Map.of("format", format.label()),
            List.of()));
  }

  private static boolean isBlank(byte[] bytes) {
    for (byte b : bytes) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private static List<Artifact> withSecrets(
      String kind, HistoryFormat format, List<HistoryCommand> commands) {
    List<Artifact> found = new ArrayList<>();
    found.add(summary(kind, format, commands));
    Set<Secret> seen = new LinkedHashSet<>();
    CommandSecrets recogniser = new CommandSecrets(format.dialect());
    for (HistoryCommand command : commands) {
      for (CommandSecret typed : recogniser.find(command.text())) {
        if (seen.size() < MAX_SECRETS && seen.add(typed.secret())) {
          found.add(artifact(format, command, typed));
        }
      }
    }
    return found;
  }

  private static Artifact artifact(
      HistoryFormat format, HistoryCommand command, CommandSecret typed) {
    return new Artifact(
        "history-secret",
        command.line(),
        command.offset(),
        typed.evidence(),
        Map.of("format", format.label(), "shape", typed.shape()),
        List.of(typed.secret()));
  }

  private static Artifact summary(
      String kind, HistoryFormat format, List<HistoryCommand> commands) {
    long first = Long.MAX_VALUE;
    long last = 0;
    for (HistoryCommand command : commands) {
      if (command.epochSeconds() > 0) {
        first = Math.min(first, command.epochSeconds());
        last = Math.max(last, command.epochSeconds());
      }
    }
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("format", format.label());
    fields.put("commands", Integer.toString(commands.size()));
    String text =
        commands.size() + (commands.size() == 1 ? " command" : " commands") + ", " + format.label();
    if (last > 0) {
      fields.put("first", day(first));
      fields.put("last", day(last));
      text += ", " + day(first) + " to " + day(last);
    }
    return new Artifact(kind, 0, -1, Evidence.of(text), fields, List.of());
  }

  private static String day(long epochSeconds) {
    return LocalDate.ofInstant(Instant.ofEpochSecond(epochSeconds), ZoneOffset.UTC).toString();
  }
}
