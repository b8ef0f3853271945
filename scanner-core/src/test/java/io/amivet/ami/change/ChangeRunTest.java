package io.amivet.ami.change;

import static io.amivet.ami.change.FakeAccount.AMI;
import static io.amivet.ami.change.FakeAccount.SNAPSHOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amivet.ami.change.ChangeRun.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans against an account in memory. */
class ChangeRunTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
  private static final Grantee PARTNER = Grantee.account("111122223333");
  private static final Grantee STRANGER = Grantee.account("444455556666");

  @TempDir Path folder;

  private final FakeAccount account = new FakeAccount();

  @BeforeEach
  void publicImage() {
    account.grantees.put(AMI, new TreeSet<>(Set.of(Grantee.EVERYBODY, STRANGER)));
    account.grantees.put(SNAPSHOT, new TreeSet<>(Set.of(Grantee.EVERYBODY)));
  }

  private static FixRequest fix(boolean makePrivate, boolean reset, Set<Grantee> with) {
    return new FixRequest(List.of(AMI), makePrivate, reset, with, true);
  }

  private List<Outcome> apply(ChangePlan plan) throws IOException {
    List<Outcome> outcomes = new ArrayList<>();
    try (ChangeJournal journal =
        ChangeJournal.open(folder.resolve("journal"), plan.fingerprint(account.region()), CLOCK)) {
      new ChangeRun(account, _ -> {}).apply(plan, journal, step -> outcomes.add(step.outcome()));
    }
    return outcomes;
  }

  @Test
  void aPreviewChangesNothing() throws Exception {
    List<Outcome> outcomes = new ArrayList<>();
    new ChangeRun(account)
        .preview(fix(true, false, Set.of()).plan(account), step -> outcomes.add(step.outcome()));
    assertThat(outcomes).containsExactly(Outcome.WOULD_CHANGE, Outcome.WOULD_CHANGE);
    assertThat(account.writes).isZero();
  }

  @Test
  void makingPrivateLeavesSharesWithAccounts() throws Exception {
    apply(fix(true, false, Set.of()).plan(account));
    assertThat(account.grantees(AMI)).containsExactly(STRANGER);
    assertThat(account.grantees(SNAPSHOT)).isEmpty();
  }

  @Test
  void aSecondRunChangesNothing() throws Exception {
    FixRequest request = fix(false, true, Set.of(PARTNER));
    assertThat(apply(request.plan(account))).containsOnly(Outcome.CHANGED);
    int writes = account.writes;
    assertThat(apply(request.plan(account))).hasSize(4).containsOnly(Outcome.ALREADY);
    assertThat(account.writes).isEqualTo(writes);
    assertThat(account.grantees(AMI)).containsExactly(PARTNER);
    assertThat(account.grantees(SNAPSHOT)).containsExactly(PARTNER);
  }

  @Test
  void whereverItIsKilledTheNextRunFinishes() throws Exception {
    ChangePlan plan = fix(false, true, Set.of(PARTNER)).plan(account);
    for (int kill = 1; kill <= 4; kill++) {
      publicImage();
      account.writes = 0;
      account.killAfter = kill;
      assertThatThrownBy(() -> apply(plan)).isInstanceOf(FakeAccount.Killed.class);
      account.killAfter = Integer.MAX_VALUE;
      List<Outcome> outcomes = apply(plan);
      assertThat(outcomes.get(kill - 1)).as("killed in step %s", kill).isEqualTo(Outcome.CONFIRMED);
      assertThat(outcomes.subList(kill, 4)).allMatch(one -> one == Outcome.CHANGED);
      assertThat(apply(plan)).containsOnly(Outcome.ALREADY);
      assertThat(account.grantees(AMI)).containsExactly(PARTNER);
    }
  }

  @Test
  void aJournalThatWasCutOffIsReadOn() throws Exception {
    ChangePlan plan = fix(true, false, Set.of()).plan(account);
    account.killAfter = 1;
    assertThatThrownBy(() -> apply(plan)).isInstanceOf(FakeAccount.Killed.class);
    account.killAfter = Integer.MAX_VALUE;
    Path journal = folder.resolve("journal");
    Files.writeString(journal, "{\"time\":\"20", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    assertThat(apply(plan)).containsExactly(Outcome.CONFIRMED, Outcome.CHANGED);
    assertThat(Files.readAllLines(journal).getLast()).contains("\"event\":\"end\"");
  }

  @Test
  void aChangeThatIsNotToBeSeenIsAFailure() throws Exception {
    account.forgetful = true;
    ChangePlan plan = fix(true, false, Set.of()).plan(account);
    assertThatThrownBy(() -> apply(plan))
        .isInstanceOf(UnconfirmedChangeException.class)
        .hasMessageContaining(AMI);
  }

  @Test
  void twoRunsDoNotShareAJournal() throws Exception {
    Path file = folder.resolve("journal");
    try (ChangeJournal _ = ChangeJournal.open(file, "a", CLOCK)) {
      assertThatThrownBy(() -> ChangeJournal.open(file, "a", CLOCK))
          .hasMessageContaining("another run");
    }
  }

  private static ScanClaims report(String verdict, List<String> snapshots, Instant finished) {
    return new ScanClaims(
        "ab".repeat(32),
        "ami",
        AMI,
        "eu-west-1",
        snapshots,
        Map.of(SNAPSHOT, "cd".repeat(32)),
        verdict,
        true,
        Optional.of(finished),
        "1",
        "ef".repeat(32),
        "0.1",
        "gate");
  }

  private Promotion promotion(ScanClaims report) {
    return new Promotion(report, account.image(AMI), "eu-west-1", CLOCK);
  }

  private static final Instant RECENT = Instant.parse("2026-03-01T11:00:00Z");

  @Test
  void onlyARecentPassOfTheSameSnapshotsPromotes() {
    Duration day = Duration.ofHours(24);
    List<String> same = List.of(SNAPSHOT);
    assertThat(promotion(report("pass", same, RECENT)).refusals(Stage.CANDIDATE, day, none()))
        .isEmpty();
    assertThat(promotion(report("fail", same, RECENT)).refusals(Stage.CANDIDATE, day, none()))
        .singleElement()
        .asString()
        .contains("'fail'");
    assertThat(
            promotion(report("pass", same, RECENT.minus(day)))
                .refusals(Stage.CANDIDATE, day, none()))
        .singleElement()
        .asString()
        .contains("too old");
    assertThat(promotion(report("pass", List.of(), RECENT)).refusals(Stage.CANDIDATE, day, none()))
        .singleElement()
        .asString()
        .contains("made of");
    assertThat(
            promotion(report("pass", same, RECENT))
                .refusals(Stage.CANDIDATE, day, Optional.of("00".repeat(32))))
        .singleElement()
        .asString()
        .contains("SHA-256");
    assertThat(promotion(report("pass", same, RECENT)).refusals(Stage.DEV, day, none()))
        .singleElement()
        .asString()
        .contains("one by one");
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  @Test
  void aPromotionThatIsKilledAnywhereIsFinishedByTheNextRun() throws Exception {
    ScanClaims report = report("pass", List.of(SNAPSHOT), RECENT);
    Path file = folder.resolve("attestation.json");
    Promotion.Extras extras =
        new Promotion.Extras(
            file, Optional.of("/golden/base"), Optional.of(30), Optional.of("approved"));
    for (int kill = 1; kill <= 5; kill++) {
      FakeAccount fresh = new FakeAccount();
      Promotion promotion = new Promotion(report, fresh.image(AMI), "eu-west-1", CLOCK);
      ChangePlan plan = promotion.plan(Stage.CANDIDATE, extras);
      fresh.killAfter = kill;
      Path journal = folder.resolve("journal" + kill);
      assertThatThrownBy(() -> run(fresh, plan, journal)).isInstanceOf(FakeAccount.Killed.class);
      fresh.killAfter = Integer.MAX_VALUE;
      run(fresh, plan, journal);
      int writes = fresh.writes;
      run(fresh, plan, journal);
      assertThat(writes).isEqualTo(5);
      assertThat(fresh.writes).isEqualTo(5);
      assertThat(fresh.tags(AMI)).containsEntry("stage", "candidate").hasSize(5);
      assertThat(fresh.tags(SNAPSHOT)).isEqualTo(fresh.tags(AMI));
      assertThat(fresh.deprecation).contains(Instant.parse("2026-03-31T11:00:00Z"));
      assertThat(fresh.parameters).containsKey("/golden/base");
    }
    assertThat(Files.readString(file)).contains(SNAPSHOT).contains("role/promoter");
  }

  private static void run(FakeAccount on, ChangePlan plan, Path file) throws IOException {
    try (ChangeJournal journal = ChangeJournal.open(file, plan.fingerprint(on.region()), CLOCK)) {
      new ChangeRun(on, _ -> {}).apply(plan, journal, _ -> {});
    }
  }

  @Test
  void quarantineTakesAllPermissionsAway() throws Exception {
    Promotion failed = promotion(report("fail", List.of(SNAPSHOT), RECENT));
    assertThat(failed.quarantineRefusals(none())).isEmpty();
    apply(failed.quarantine());
    assertThat(account.grantees(AMI)).isEmpty();
    assertThat(account.tags(AMI)).containsEntry("scan-status", "quarantine");
  }
}
