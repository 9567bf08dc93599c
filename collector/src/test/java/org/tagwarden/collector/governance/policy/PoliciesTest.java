package org.tagwarden.collector.governance.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tagwarden.collector.db.TestDatabase.await;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.MovableClock;
import org.tagwarden.collector.access.Origin;
import org.tagwarden.collector.db.TestDatabase;
import org.tagwarden.collector.governance.Decider;
import org.tagwarden.collector.governance.DecisionState;
import org.tagwarden.collector.governance.DecisionSubject;
import org.tagwarden.collector.governance.policy.Policies.Draft;
import org.tagwarden.collector.governance.policy.PolicyPlan.Kind;
import org.tagwarden.collector.intake.TestSite;
import org.tagwarden.collector.site.Client;

@Tag("database")
class PoliciesTest {
  private static final Decider IDA = new Decider(null, "Ida", Origin.PROGRAM);
  private static final MovableClock CLOCK = MovableClock.at("2026-03-02T06:00:00Z");
  private static TestDatabase db;

  @BeforeAll
  static void start() {
    db = TestDatabase.fresh();
  }

  @AfterAll
  static void stop() {
    db.close();
  }

  @Test
  void what_was_exported_is_what_holds_and_a_change_is_planned_shown_and_applied() {
    TestSite site = TestSite.create(db, CLOCK);
    site.decide(DecisionSubject.tag("hotjar"), DecisionState.APPROVED);
    site.decide(DecisionSubject.tag("criteo"), DecisionState.REFUSED);
    Client client = new Client(site.clientId(), "Bakery", Instant.EPOCH);
    Policies policies = new Policies(db.vertx(), db.database(), site.book());

    for (PolicyFormat format : PolicyFormat.values()) {
      String exported = await(policies.export(client, format));
      PolicyPlan same = await(policies.plan(client, new Draft(exported, format, true)));
      assertThat(same.lines()).as(exported).isEmpty();
      assertThat(same.unchanged()).isEqualTo(2);
    }

    String edited =
        """
        client: Bakery
        authorizations:
          - site: Shop
            product: hotjar
            verdict: approved
            justification: needed
            envelope: {hosts: ["*.hotjar.com"]}
          - vendor: Google
            verdict: approved
            justification: On every site.
        """;
    Draft draft = new Draft(edited, PolicyFormat.YAML, false);
    PolicyPlan plan = await(policies.plan(client, draft));
    assertThat(plan.lines())
        .extracting(PolicyPlan.Line::kind, PolicyPlan.Line::subject)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Kind.CHANGE, "product hotjar on Shop"),
            org.assertj.core.groups.Tuple.tuple(Kind.CREATE, "vendor Google on all sites"),
            org.assertj.core.groups.Tuple.tuple(Kind.KEEP, "product criteo on Shop"));
    assertThat(plan.lines().get(0).differences())
        .containsExactly("envelope.hosts: (none) -> *.hotjar.com");
    assertThat(verdicts(site)).containsExactly("criteo REFUSED", "hotjar APPROVED");

    assertThat(await(policies.apply(client, draft, IDA)).changes()).isEqualTo(2);
    assertThat(verdicts(site))
        .containsExactly("Google APPROVED", "criteo REFUSED", "hotjar APPROVED");
    assertThat(await(policies.plan(client, draft)).changes()).isZero();

    PolicyPlan pruned =
        await(policies.apply(client, new Draft(edited, PolicyFormat.YAML, true), IDA));
    assertThat(pruned.changes()).isEqualTo(1);
    assertThat(verdicts(site)).containsExactly("Google APPROVED", "hotjar APPROVED");
  }

  @Test
  void a_policy_with_a_mistake_changes_nothing_and_one_of_another_client_is_refused() {
    TestSite site = TestSite.create(db, CLOCK);
    Client client = new Client(site.clientId(), "Bakery", Instant.EPOCH);
    Policies policies = new Policies(db.vertx(), db.database(), site.book());
    String half =
        """
        authorizations:
          - vendor: Google
            verdict: approved
            justification: On every site.
          - vendor: Meta
            verdict: maybe
            justification: Hm.
        """;
    assertThatThrownBy(
            () -> await(policies.apply(client, new Draft(half, PolicyFormat.YAML, false), IDA)))
        .hasMessage("Line 6, column 5: The verdict is approved, refused or pending.");
    assertThat(verdicts(site)).isEmpty();
    Draft butchers = new Draft("client: Butcher\nauthorizations: []", PolicyFormat.YAML, false);
    assertThatThrownBy(() -> await(policies.plan(client, butchers)))
        .hasMessageContaining("This policy is for \"Butcher\"");
  }

  private static List<String> verdicts(TestSite site) {
    return site.texts(
        """
        SELECT subject || ' ' || verdict FROM tag_authorization
        WHERE client_id = $1 AND withdrawn_at IS NULL ORDER BY subject COLLATE "C"
        """,
        site.clientId());
  }
}
