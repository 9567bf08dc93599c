package org.tagwarden.collector.owners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.db.TestDatabase.await;

import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.MovableClock;
import org.tagwarden.collector.access.ClientScope;
import org.tagwarden.collector.access.Origin;
import org.tagwarden.collector.db.TestDatabase;
import org.tagwarden.collector.governance.AuthorizationOrder;
import org.tagwarden.collector.governance.Contacts;
import org.tagwarden.collector.governance.Decider;
import org.tagwarden.collector.governance.Saved;
import org.tagwarden.collector.governance.Withdrawal;
import org.tagwarden.collector.governance.rules.Authorization.Keepers;
import org.tagwarden.collector.governance.rules.Authorization.Term;
import org.tagwarden.collector.governance.rules.AuthorizationDraft;
import org.tagwarden.collector.governance.rules.Envelope;
import org.tagwarden.collector.governance.rules.Scope;
import org.tagwarden.collector.governance.rules.Subject;
import org.tagwarden.collector.governance.rules.Verdict;
import org.tagwarden.collector.intake.TestSite;

/** Who looks after an authorization is a contact, and missed when it leaves. */
@Tag("database")
class KeeperOrphansTest {
  private static final Decider IDA = new Decider(null, "Ida", Origin.PROGRAM);

  private static TestDatabase db;
  private final MovableClock clock = MovableClock.at("2026-03-02T06:00:00Z");
  private OrphanWatch watch;
  private TestSite site;
  private String ada;

  @BeforeAll
  static void open() {
    db = TestDatabase.fresh();
  }

  @AfterAll
  static void close() {
    db.close();
  }

  @BeforeEach
  void start() {
    site = TestSite.create(db, clock);
    ada = "ada" + site.id() + "@shop.example";
    watch =
        new OrphanWatch(
            db.vertx(), db.database(), (tx, id, changes, now) -> Future.succeededFuture(), clock);
  }

  @Test
  void an_owner_who_leaves_is_a_finding_until_somebody_else_is_named() {
    save(site.id(), "Ada Lovelace <" + ada.toUpperCase(Locale.ROOT) + ">", "");
    await(watch.look());
    assertThat(findings()).isEmpty();

    leaves();
    await(watch.look());
    await(watch.look());
    assertThat(findings())
        .containsExactly("owner-left OPEN: owner of the authorization of product hotjar");

    save(site.id(), "bob@shop.example", "");
    await(watch.look());
    assertThat(findings())
        .containsExactly("owner-left RESOLVED: owner of the authorization of product hotjar");
  }

  @Test
  void a_deputy_is_known_by_the_name_of_a_contact_and_gone_with_the_authorization() {
    site.run(
        """
        INSERT INTO ownership (site_id, duty, rank, name, email, review_on, set_at)
        VALUES ($1, 'IT', 'OWNER', 'Ada Lovelace', $2, '2027-01-01', now())
        """,
        site.id(),
        ada);
    Saved saved = save(site.id(), "", "ada lovelace");
    site.run("INSERT INTO mail_bounce (email, at, reason) VALUES ($1, now(), '550')", ada);
    await(watch.look(site.id()));
    assertThat(findings())
        .contains("owner-unreachable OPEN: deputy of the authorization of product hotjar");

    int id = saved.authorizationIds().get(0);
    await(site.book().withdraw(new Withdrawal(id, null, "Gone."), IDA));
    await(watch.look(site.id()));
    assertThat(findings())
        .contains("owner-unreachable RESOLVED: deputy of the authorization of product hotjar");
  }

  @Test
  void words_that_mean_nobody_known_are_kept_and_said_to_be_such() {
    Saved saved = save(site.id(), "the web team", ada);
    Contacts contacts = new Contacts(db.database());

    int id = saved.authorizationIds().get(0);
    assertThat(await(site.book().find(id)).keepers()).isEqualTo(new Keepers("the web team", ada));
    assertThat(await(contacts.unknown(id))).containsExactly("owner");
    assertThat(await(contacts.known(new ClientScope(Set.of(site.clientId()))))).contains(ada);
    leaves();
    assertThat(await(contacts.known(new ClientScope(Set.of(site.clientId()))))).doesNotContain(ada);
  }

  @Test
  void an_authorization_for_all_sites_is_one_finding_on_the_first_of_them() {
    int other =
        site.run(
                """
                INSERT INTO site (client_id, name, base_url, page_urls, alert_emails, created_at)
                SELECT client_id, 'Other', 'https://other.example/', '{}', '{}', created_at FROM site WHERE id = $1
                RETURNING id
                """,
                site.id())
            .get(0)
            .getInteger(0);
    save(null, ada, "");
    leaves();
    await(watch.look());
    assertThat(findings()).hasSize(1);
    assertThat(
            site.texts("SELECT check_id FROM finding WHERE site_id = $1 AND state = 'OPEN'", other))
        .as("nobody owns it, but that is all")
        .containsExactly("site-without-owner");
  }

  private void leaves() {
    site.run(
        "INSERT INTO person (email, name, created_at, disabled_at) VALUES ($1, 'Ada', now(), now())",
        ada);
  }

  private Saved save(@Nullable Integer siteId, String owner, String deputy) {
    AuthorizationDraft draft =
        new AuthorizationDraft(
            new Scope(site.clientId(), siteId, Scope.Pages.ALL),
            Subject.ofTag("hotjar"),
            Verdict.APPROVED,
            null,
            "needed",
            new Keepers(owner, deputy),
            Term.OPEN,
            Envelope.OPEN);
    return await(site.book().save(new AuthorizationOrder(draft, null), IDA));
  }

  private List<String> findings() {
    return site.texts(
        "SELECT check_id || ' ' || state || ': ' || subject FROM finding"
            + " WHERE site_id = $1 AND check_id <> 'site-without-owner' ORDER BY id",
        site.id());
  }
}
