package io.amivet.ami.change;

import io.amivet.ami.change.Change.Observation;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/** Carries a plan out: reads, changes what is not yet so, and reads again until it is. */
public final class ChangeRun {
  private static final int READINGS = 6;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private final AmiAccount account;
  private final Pause pause;

  /** How to wait until what was changed can be seen: both services say it with a delay. */
  @FunctionalInterface
  public interface Pause {
    void sleep(Duration time) throws InterruptedException;
  }

  /** What became of a step. */
  public enum Outcome {
    ALREADY("already so"),
    WOULD_CHANGE("would change"),
    CHANGED("changed"),
    /** An earlier run was stopped between the change and its confirmation. */
    CONFIRMED("confirmed");

    private final String label;

    Outcome(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  /**
   * A step that is over.
   *
   * @param before what was there
   * @param after what is there now; the same as before if nothing was changed
   */
  public record Step(Change change, Outcome outcome, String before, String after) {}

  public ChangeRun(AmiAccount account) {
    this(account, Thread::sleep);
  }

  ChangeRun(AmiAccount account, Pause pause) {
    this.account = account;
    this.pause = pause;
  }

  /** Reads only, and tells what {@link #apply} would do. */
  public void preview(ChangePlan plan, Consumer<Step> listener) throws IOException {
    for (Change change : plan.changes()) {
      Observation now = change.observe(account);
      Outcome outcome = now.done() ? Outcome.ALREADY : Outcome.WOULD_CHANGE;
      listener.accept(new Step(change, outcome, now.present(), now.present()));
    }
  }

  /**
   * Makes all changes in order and stops at the first that fails.
   *
   * @throws UnconfirmedChangeException if a change was accepted but is not to be seen
   */
  public void apply(ChangePlan plan, ChangeJournal journal, Consumer<Step> listener)
      throws IOException {
    boolean started = false;
    int number = 0;
    for (Change change : plan.changes()) {
      number++;
      Observation before = change.observe(account);
      if (before.done()) {
        boolean ofEarlierRun = journal.hadBegun(number);
        if (ofEarlierRun) {
          journal.confirmed(number, change, before.present());
        }
        Outcome outcome = ofEarlierRun ? Outcome.CONFIRMED : Outcome.ALREADY;
        listener.accept(new Step(change, outcome, before.present(), before.present()));
        continue;
      }
      if (!started) {
        journal.start(account.region(), account.callerArn(), plan.changes().size());
        started = true;
      }
      journal.begin(number, change, before.present());
      change.apply(account);
      Observation after = confirm(change);
      journal.confirmed(number, change, after.present());
      listener.accept(new Step(change, Outcome.CHANGED, before.present(), after.present()));
    }
    if (started || journal.isUnfinished()) {
      journal.end();
    }
  }

  private Observation confirm(Change change) throws IOException {
    Duration wait = FIRST_PAUSE;
    Observation now = change.observe(account);
    for (int reading = 1; reading < READINGS && !now.done(); reading++) {
      try {
        pause.sleep(wait);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
      wait = wait.multipliedBy(2);
      now = change.observe(account);
    }
    if (!now.done()) {
      throw new UnconfirmedChangeException(
          change.resource()
              + ": AWS accepted the change ("
              + change.description()
              + ") but does not show it ("
              + now.present()
              + "): run the command again to check it");
    }
    return now;
  }
}
