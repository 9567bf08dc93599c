package org.tagwarden.collector.changes;

import static org.tagwarden.collector.db.TestDatabase.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tagwarden.collector.MovableClock;
import org.tagwarden.collector.access.Origin;
import org.tagwarden.collector.db.TestDatabase;
import org.tagwarden.collector.governance.AuthorizationOrder;
import org.tagwarden.collector.governance.Decider;
import org.tagwarden.collector.governance.DecisionState;
import org.tagwarden.collector.governance.DecisionSubject;
import org.tagwarden.collector.governance.rules.AuthorizationDraft;
import org.tagwarden.collector.governance.rules.Envelope;
import org.tagwarden.collector.governance.rules.Scope;
import org.tagwarden.collector.governance.rules.Subject;
import org.tagwarden.collector.governance.rules.Verdict;
import org.tagwarden.collector.intake.TestSite;

/** The quiet site, scanned again and again; one scan an hour. */
public final class QuietRun {
  /** A tag that is gone takes some visits to be sure of; and nothing may be told twice. */
  private static final int VISITS_A_CHANGE = 5;

  private final MovableClock clock = MovableClock.at("2026-03-02T06:05:00Z");
  private final TestSite site;
  private final QuietSite quiet;

  /** A site whose tags are all approved. */
  public QuietRun(TestDatabase db, long seed) {
    site = TestSite.create(db, clock);
    quiet = new QuietSite(seed);
    for (String tag : QuietSite.TAGS) {
      site.decide(DecisionSubject.tag(tag), DecisionState.APPROVED);
    }
    Envelope limits =
        new Envelope(
            Set.of("*.limited-tag.example"), null, Map.of(), null, null, null, null, Set.of());
    AuthorizationDraft limited =
        AuthorizationDraft.plain(
                Scope.site(site.clientId(), site.id()),
                Subject.ofTag(QuietSite.LIMITED_TAG),
                Verdict.APPROVED,
                "needed")
            .with(limits);
    Decider ida = new Decider(null, "Ida", Origin.PROGRAM);
    await(site.book().save(new AuthorizationOrder(limited, 0), ida));
  }

  /** Scans so often; answers the findings that were opened. */
  public List<String> scan(int times) {
    int before = opened().size();
    for (int i = 0; i < times; i++) {
      clock.advance(Duration.ofHours(1));
      site.take(quiet.load(clock.instant()));
    }
    List<String> after = opened();
    return after.subList(before, after.size());
  }

  /** Makes each of the seeded changes, one after the other, and scans after each. */
  public List<TellingOfOne> change() {
    List<TellingOfOne> tellings = new ArrayList<>();
    for (SeededChange seeded : SeededChange.ALL) {
      seeded.change().accept(quiet);
      List<String> found = scan(VISITS_A_CHANGE);
      tellings.add(TellingOfOne.of(seeded.what(), seeded.check(), seeded.names(), found));
    }
    return tellings;
  }

  TestSite site() {
    return site;
  }

  /** Every finding that was opened or got worse, in order: check, severity and sentence. */
  private List<String> opened() {
    return site.texts(
        """
        SELECT f.check_id || ' ' || f.severity || ' ' || f.subject || ': ' || f.summary
        FROM finding_change c JOIN finding f ON f.id = c.finding_id
        WHERE c.change <> 'RESOLVED' AND f.site_id = $1 ORDER BY c.id
        """,
        site.id());
  }
}
