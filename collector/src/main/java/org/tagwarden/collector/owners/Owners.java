package org.tagwarden.collector.owners;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.AuditEntry;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.db.SqlValues;
import org.tagwarden.collector.db.Versions;
import org.tagwarden.collector.site.Site;
import org.tagwarden.collector.site.Sites;

/** Naming owners and deputies of sites and tags, and renewing their reviews. */
public final class Owners {
  private final Database database;
  private final Sites sites;
  private final AuditLog audit;
  private final OrphanWatch watch;
  private final Clock clock;

  public Owners(Database database, Sites sites, AuditLog audit, OrphanWatch watch, Clock clock) {
    this.database = database;
    this.sites = sites;
    this.audit = audit;
    this.watch = watch;
    this.clock = clock;
  }

  /**
   * Somebody who is named.
   *
   * @param reviewMonths how long a review holds
   * @param version grows with every change
   */
  public record Named(Ownership owner, int reviewMonths, int version) {
    private OwnerDraft draft() {
      return new OwnerDraft(
          owner.tagKey(),
          owner.duty(),
          owner.rank(),
          owner.name(),
          owner.email(),
          owner.reviewOn(),
          reviewMonths);
    }
  }

  /** Those of a site and of its tags. */
  public Future<List<Named>> of(Principal by, int siteId) {
    return sites
        .get(by, siteId)
        .compose(site -> database.pool().preparedQuery(OwnerQueries.OF_SITE).execute(tuple(siteId)))
        .map(
            rows -> {
              List<Named> owners = new ArrayList<>();
              for (Row row : rows) owners.add(named(row));
              return owners;
            });
  }

  /**
   * Names somebody, in place of whoever was named before; for approvers. Answers the owner's id.
   *
   * @param seen the version that it is based upon, 0 for none; null: whatever is there
   */
  public Future<Integer> assign(
      Principal by, int siteId, OwnerDraft draft, @Nullable Integer seen) {
    return sites
        .get(by, siteId, Role.APPROVER)
        .compose(
            site -> {
              draft.checkReview(SqlValues.day(clock.instant()));
              return database.inTransaction(
                  tx ->
                      holder(tx, siteId, draft)
                          .compose(
                              before -> {
                                Versions.check(seen, before == null ? 0 : before.version());
                                return write(tx, by, site, draft, before);
                              }));
            })
        .compose(id -> watch.look(siteId).map(id));
  }

  private static Future<@Nullable Named> holder(SqlConnection tx, int siteId, OwnerDraft draft) {
    return tx.preparedQuery(OwnerQueries.HOLDER)
        .execute(tuple(siteId, draft.tagKey(), draft.duty().name(), draft.rank().name()))
        .map(rows -> rows.size() == 0 ? null : named(rows.iterator().next()));
  }

  private Future<Integer> write(
      SqlConnection tx, Principal by, Site site, OwnerDraft draft, @Nullable Named before) {
    AuditEntry entry =
        AuditEntry.of(by, site.clientId(), "name owner", draft.described() + " on " + site.name());
    return tx.preparedQuery(OwnerQueries.ASSIGN)
        .execute(
            tuple(
                site.id(),
                draft.tagKey(),
                draft.duty().name(),
                draft.rank().name(),
                draft.name(),
                draft.email(),
                draft.reviewOn(),
                SqlTime.now(clock),
                (short) draft.reviewMonths()))
        .compose(
            rows ->
                audit
                    .write(
                        tx,
                        before == null ? entry.made(draft) : entry.changed(before.draft(), draft))
                    .map(rows.iterator().next().getInteger("id")));
  }

  /**
   * Takes somebody's name away; for approvers.
   *
   * @param seen the version that is meant; null: whatever is there
   */
  public Future<Void> withdraw(Principal by, int siteId, int id, @Nullable Integer seen) {
    return sites
        .get(by, siteId, Role.APPROVER)
        .compose(site -> database.inTransaction(tx -> withdraw(tx, by, site, id, seen)))
        .compose(done -> watch.look(siteId));
  }

  private Future<Void> withdraw(
      SqlConnection tx, Principal by, Site site, int id, @Nullable Integer seen) {
    return tx.preparedQuery(OwnerQueries.ONE)
        .execute(tuple(id, site.id()))
        .compose(
            rows -> {
              if (rows.size() == 0) throw Refusal.notFound("There is no such owner.");
              Named was = named(rows.iterator().next());
              Versions.check(seen, was.version());
              return tx.preparedQuery(OwnerQueries.WITHDRAW)
                  .execute(tuple(id))
                  .compose(
                      done ->
                          audit.write(
                              tx,
                              AuditEntry.of(
                                      by,
                                      site.clientId(),
                                      "withdraw owner",
                                      was.draft().described() + " on " + site.name())
                                  .gone(was.draft())));
            });
  }

  private static Named named(Row row) {
    return new Named(
        Responsibility.ownership(row), row.getShort("review_months"), row.getInteger("version"));
  }
}
