package io.amivet.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.amivet.ami.change.AmiAccount;
import io.amivet.ami.change.ChangeJournal;
import io.amivet.ami.change.ChangePlan;
import io.amivet.ami.change.ChangeRun;
import io.amivet.ami.change.ChangeRun.Outcome;
import io.amivet.ami.change.ChangeRun.Step;
import io.amivet.ami.change.UnconfirmedChangeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What commands that change an account share: the dry run, the journal, what is printed. */
final class ChangeMixin {
  @Option(
      names = "--apply",
      description = "Make the changes. Without it, only show what would be changed.")
  boolean apply;

  @Option(
      names = "--journal",
      paramLabel = "FILE",
      description = {
        "Where to write what is changed (default: a file for each plan in",
        "$XDG_STATE_HOME/amivet or ~/.local/state/amivet)."
      })
  @Nullable Path journal;

  @Option(names = "--json", description = "One JSON object a line for each change.")
  boolean json;

  /** Shows or carries out a plan. */
  ExitCode run(ChangePlan plan, AmiAccount account, StdStreams streams, Notes notes)
      throws IOException {
    ChangeRun run = new ChangeRun(account);
    Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    try {
      if (apply) {
        String fingerprint = plan.fingerprint(account.region());
        Path file = journal == null ? usualJournal(fingerprint) : journal;
        try (ChangeJournal open = ChangeJournal.open(file, fingerprint, Clock.systemUTC())) {
          if (open.isUnfinished()) {
            notes.info("an earlier run did not end; going on from " + file);
          }
          run.apply(plan, open, step -> tell(step, counts, streams));
        }
      } else {
        run.preview(plan, step -> tell(step, counts, streams));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (UnconfirmedChangeException e) {
      throw new CommandFailure(ExitCode.INCOMPLETE, String.valueOf(e.getMessage()));
    }
    conclude(counts, notes);
    return ExitCode.COMPLETE;
  }

  private void conclude(Map<Outcome, Integer> counts, Notes notes) {
    int changed = counts.getOrDefault(Outcome.CHANGED, 0);
    int would = counts.getOrDefault(Outcome.WOULD_CHANGE, 0);
    int confirmed = counts.getOrDefault(Outcome.CONFIRMED, 0);
    if (would > 0) {
      notes.info(would + " to change; nothing was changed: --apply does it");
    } else if (changed + confirmed == 0) {
      notes.info("nothing to change: all is as wanted");
    } else {
      notes.info(
          changed
              + " changed and read back"
              + (confirmed == 0 ? "" : ", " + confirmed + " of the earlier run confirmed"));
    }
  }

  private void tell(Step step, Map<Outcome, Integer> counts, StdStreams streams) {
    counts.merge(step.outcome(), 1, Integer::sum);
    try {
      String line = json ? jsonLine(step) : line(step);
      streams.out().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      // What was changed is to be seen at once.
      streams.out().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String line(Step step) {
    boolean same = step.outcome() != Outcome.CHANGED;
    String now = same ? "now: " + step.before() : step.before() + " -> " + step.after();
    return TerminalText.escape(
        String.format(
            Locale.ROOT,
            "%-12s  %s  %s  (%s)",
            step.outcome().label(),
            step.change().resource(),
            step.change().description(),
            now));
  }

  private static String jsonLine(Step step) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    return mapper.writeValueAsString(
        mapper
            .createObjectNode()
            .put("outcome", step.outcome().name().toLowerCase(Locale.ROOT))
            .put("resource", step.change().resource())
            .put("change", step.change().description())
            .put("before", step.before())
            .put("after", step.after()));
  }

  private static Path usualJournal(String fingerprint) {
    String state = System.getenv().getOrDefault("XDG_STATE_HOME", "");
    Path folder =
        state.isEmpty()
            ? Path.of(System.getProperty("user.home", "/"), ".local", "state")
            : Path.of(state);
    return folder.resolve("amivet").resolve("changes-" + fingerprint + ".jsonl");
  }
}
