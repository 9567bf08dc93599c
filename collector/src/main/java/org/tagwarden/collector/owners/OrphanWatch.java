package org.tagwarden.collector.owners;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.collector.Rounds;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SiteLock;
import org.tagwarden.collector.db.SqlValues;
import org.tagwarden.collector.findings.FindingChange;
import org.tagwarden.collector.findings.StandingFindings;
import org.tagwarden.collector.findings.StandingFindings.Standing;

/**
 * Makes findings of owners who cannot be relied on: who left, whom mails do not reach, whose review
 * is overdue, who says that it is no longer needed; and of sites that nobody owns. They resolve by
 * themselves once somebody else is named or the review is done.
 */
public final class OrphanWatch {
  private static final Logger LOG = LoggerFactory.getLogger(OrphanWatch.class);
  private static final Duration PAUSE = Duration.ofMinutes(10);
  private static final Set<String> CHECKS =
      Stream.of(OrphanKind.values()).map(OrphanKind::checkId).collect(Collectors.toSet());

  private static final String WITH_FINDINGS =
      "SELECT DISTINCT site_id FROM finding WHERE check_id = ANY($1) AND state = 'OPEN'";

  /** Who tells people of changes: the alerts, which know of this package. */
  @FunctionalInterface
  public interface Announcer {
    /** In the transaction of the changes. */
    Future<Void> announce(SqlConnection tx, int siteId, List<FindingChange> changes, Instant now);
  }

  private final Database database;
  private final Announcer announcer;
  private final Clock clock;
  private final StandingFindings findings = new StandingFindings();
  private final Rounds rounds;

  public OrphanWatch(Vertx vertx, Database database, Announcer announcer, Clock clock) {
    this.database = database;
    this.announcer = announcer;
    this.clock = clock;
    this.rounds =
        new Rounds(
            vertx,
            PAUSE,
            this::look,
            e -> LOG.error("Owners could not be looked at; the next round tries again", e));
  }

  /** Looks now and then, until {@link #stop}. */
  public void start() {
    rounds.start();
  }

  /** Ends after the look in hand. */
  public Future<Void> stop() {
    return rounds.stop();
  }

  /** Looks at every site with something amiss, or with a finding about it. */
  public Future<Void> look() {
    return causes(database.pool(), null)
        .compose(
            causes ->
                database
                    .pool()
                    .preparedQuery(WITH_FINDINGS)
                    .execute(tuple((Object) CHECKS.toArray(String[]::new)))
                    .compose(
                        rows -> {
                          Set<Integer> sites = new TreeSet<>();
                          for (Cause one : causes) sites.add(one.siteId());
                          for (Row row : rows) sites.add(row.getInteger("site_id"));
                          Future<Void> done = Future.succeededFuture();
                          for (int site : sites) done = done.compose(before -> look(site));
                          return done;
                        }));
  }

  /** Looks at one site; called after its owners have changed. */
  public Future<Void> look(int siteId) {
    Instant now = clock.instant();
    return database.inTransaction(
        tx ->
            SiteLock.take(tx, siteId)
                .compose(done -> causes(tx, siteId))
                .compose(
                    causes ->
                        findings.keep(
                            tx, siteId, CHECKS, causes.stream().map(Cause::standing).toList(), now))
                .compose(changes -> announcer.announce(tx, siteId, changes, now)));
  }

  /** What is amiss on a site. */
  record Cause(int siteId, Standing standing) {}

  /** Of the site itself, of its and its tags' owners, and of its authorizations'. */
  private Future<List<Cause>> causes(SqlClient client, @Nullable Integer siteId) {
    List<Cause> causes = new ArrayList<>();
    return orphans(client, siteId)
        .compose(
            orphans -> {
              for (Orphan one : orphans) causes.add(new Cause(one.owner().siteId(), standing(one)));
              return SiteGaps.of(client, siteId);
            })
        .compose(
            gaps -> {
              causes.addAll(gaps);
              return KeeperOrphans.of(client, siteId);
            })
        .map(
            keepers -> {
              for (KeeperOrphans.OnSite one : keepers)
                causes.add(new Cause(one.siteId(), one.standing()));
              return causes;
            });
  }

  /** An owner who cannot be relied on. */
  record Orphan(
      Ownership owner, String product, @Nullable Integer tagId, OrphanKind kind, String evidence) {}

  private Future<List<Orphan>> orphans(SqlClient client, @Nullable Integer siteId) {
    return client
        .preparedQuery(OwnerQueries.ORPHANED)
        .execute(tuple(SqlValues.day(clock.instant()), siteId))
        .map(
            rows -> {
              List<Orphan> orphans = new ArrayList<>();
              for (Row row : rows) {
                Orphan orphan = orphan(row);
                if (orphan != null) orphans.add(orphan);
              }
              return orphans;
            });
  }

  /** The gravest cause only: whoever left need not be told that a review is overdue. */
  private static @Nullable Orphan orphan(Row row) {
    Ownership owner = Responsibility.ownership(row);
    String product = row.getString("product");
    Integer tagId = row.getInteger("tag_id");
    String bounce = row.getString("bounce");
    if (row.getBoolean("unneeded"))
      return new Orphan(
          owner, product, tagId, OrphanKind.UNNEEDED, owner.name() + " said so when asked.");
    if (row.getBoolean("gone"))
      return new Orphan(
          owner,
          product,
          tagId,
          OrphanKind.LEFT,
          "The account of " + owner.email() + " is closed.");
    if (bounce != null) return new Orphan(owner, product, tagId, OrphanKind.BOUNCES, bounce);
    if (row.getBoolean("overdue"))
      return new Orphan(
          owner,
          product,
          tagId,
          OrphanKind.OVERDUE,
          "The review was due on " + owner.reviewOn() + ".");
    return null;
  }

  private static Standing standing(Orphan orphan) {
    Ownership owner = orphan.owner();
    String of =
        owner.tagKey().isEmpty()
            ? "the site"
            : orphan.product().isEmpty() ? owner.tagKey() : orphan.product();
    String what =
        switch (orphan.kind()) {
          case UNNEEDED -> " says that it is no longer needed";
          case LEFT -> " has left";
          case BOUNCES -> " cannot be reached by mail";
          case OVERDUE -> " has not said in time that it still holds";
          case NOBODY -> throw new IllegalArgumentException("Where nobody is named nobody is gone");
        };
    boolean overdue = orphan.kind() == OrphanKind.OVERDUE;
    return new Standing(
        orphan.kind().checkId(),
        owner.title() + " of " + (owner.tagKey().isEmpty() ? "the site" : owner.tagKey()),
        orphan.tagId(),
        overdue ? Severity.LOW : Severity.MEDIUM,
        owner.name() + ", " + owner.title() + " of " + of + "," + what,
        List.of(orphan.evidence()),
        orphan.kind() == OrphanKind.UNNEEDED
            ? "Have it removed, then withdraw the owner; or name somebody who needs it."
            : overdue
                ? "Ask whether it is still needed and still theirs, then renew the review on the page Owners."
                : "Name somebody else on the page Owners, or correct the address.");
  }
}
