package org.tagwarden.collector.owners;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.AuditEntry;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.db.SqlValues;
import org.tagwarden.collector.site.Site;
import org.tagwarden.collector.site.Sites;

/** Naming owners and deputies, renewing their reviews, and laying down escalation paths. */
public final class Owners {
  private static final Pattern EMAIL = Pattern.compile("[^\\s@,;<>]+@[^\\s@,;<>]+");
  private static final int LONGEST_REVIEW_YEARS = 3;

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

  /** Those of a site and of its tags. */
  public Future<List<Ownership>> of(Principal by, int siteId) {
    return sites
        .get(by, siteId)
        .compose(site -> database.pool().preparedQuery(OwnerQueries.OF_SITE).execute(tuple(siteId)))
        .map(
            rows -> {
              List<Ownership> owners = new ArrayList<>();
              for (Row row : rows) owners.add(Responsibility.ownership(row));
              return owners;
            });
  }

  /** Names somebody, in place of whoever was named before; for approvers. */
  public Future<Void> assign(
      Principal by,
      int siteId,
      String tagKey,
      Duty duty,
      Rank rank,
      String name,
      String email,
      LocalDate reviewOn) {
    check(name, email, reviewOn);
    return sites
        .get(by, siteId, Role.APPROVER)
        .compose(
            site ->
                database.inTransaction(
                    tx ->
                        tx.preparedQuery(OwnerQueries.ASSIGN)
                            .execute(
                                tuple(
                                    siteId,
                                    tagKey,
                                    duty.name(),
                                    rank.name(),
                                    name.strip(),
                                    email.strip(),
                                    reviewOn,
                                    SqlTime.now(clock)))
                            .compose(
                                done ->
                                    audit.write(
                                        tx,
                                        AuditEntry.of(
                                                by,
                                                site.clientId(),
                                                "name owner",
                                                Ownership.title(duty, rank)
                                                    + " of "
                                                    + what(site, tagKey)
                                                    + ": "
                                                    + email.strip())
                                            .made(Map.of("name", name, "reviewOn", reviewOn))))))
        .compose(done -> watch.look(siteId));
  }

  private void check(String name, String email, LocalDate reviewOn) {
    if (name.isBlank() || name.length() > 100)
      throw Refusal.invalid("ownerName", "Give a name of at most 100 characters.");
    if (!EMAIL.matcher(email.strip()).matches() || email.length() > 254)
      throw Refusal.invalid(
          "ownerEmail", "This is no e-mail address: write it like name@example.com.");
    LocalDate today = SqlValues.day(clock.instant());
    if (!reviewOn.isAfter(today) || reviewOn.isAfter(today.plusYears(LONGEST_REVIEW_YEARS)))
      throw Refusal.invalid("reviewOn", "Choose a day within the next three years.");
  }

  private static String what(Site site, String tagKey) {
    return tagKey.isEmpty() ? site.name() : tagKey + " on " + site.name();
  }

  /** Takes somebody's name away; for approvers. */
  public Future<Void> withdraw(Principal by, int siteId, int id) {
    return sites
        .get(by, siteId, Role.APPROVER)
        .compose(
            site ->
                database.inTransaction(
                    tx ->
                        tx.preparedQuery(OwnerQueries.WITHDRAW)
                            .execute(tuple(id, siteId))
                            .compose(
                                rows -> {
                                  if (rows.rowCount() == 0)
                                    throw Refusal.notFound("There is no such owner.");
                                  Row row = rows.iterator().next();
                                  return audit.write(
                                      tx,
                                      AuditEntry.of(
                                              by,
                                              site.clientId(),
                                              "withdraw owner",
                                              row.getString("name")
                                                  + " of "
                                                  + what(site, row.getString("tag_key")))
                                          .gone(row.toJson()));
                                })))
        .compose(done -> watch.look(siteId));
  }

  /** The path that holds for a site, its own or its client's; null when there is none. */
  public Future<@Nullable EscalationPath> path(Principal by, int siteId) {
    return sites
        .get(by, siteId)
        .compose(site -> Responsibility.of(database.pool(), siteId))
        .map(Responsibility::path);
  }

  /** Lays down a client's path, or one of its sites; for approvers. */
  public Future<Void> setPath(Principal by, EscalationPath path) {
    by.require(Role.APPROVER, path.clientId());
    for (EscalationStep step : path.steps()) {
      if (step.who() == null && !EMAIL.matcher(step.contact()).matches())
        throw Refusal.invalid("steps", "\"" + step.contact() + "\" is no e-mail address.");
    }
    Integer siteId = path.siteId();
    Future<?> ofClient =
        siteId == null
            ? Future.succeededFuture()
            : sites
                .get(by, siteId, Role.APPROVER)
                .map(
                    site -> {
                      if (site.clientId() != path.clientId())
                        throw Refusal.notFound("There is no such site of this client.");
                      return site;
                    });
    Severity always = path.alwaysFrom();
    return ofClient.compose(
        site ->
            database.inTransaction(
                tx ->
                    tx.preparedQuery(OwnerQueries.SET_PATH)
                        .execute(
                            tuple(
                                path.clientId(),
                                siteId,
                                path.hours().zone().getId(),
                                path.hours().days().stream()
                                    .map(day -> (short) day.getValue())
                                    .sorted()
                                    .toArray(Short[]::new),
                                path.hours().from(),
                                path.hours().until(),
                                always == null ? null : always.name(),
                                Responsibility.json(path.steps())))
                        .compose(
                            done ->
                                audit.write(
                                    tx,
                                    AuditEntry.of(
                                            by,
                                            path.clientId(),
                                            "set escalation path",
                                            path.steps().size() + " steps")
                                        .made(path)))));
  }

  /** Takes a path away; for approvers. */
  public Future<Void> removePath(Principal by, int clientId, @Nullable Integer siteId) {
    by.require(Role.APPROVER, clientId);
    return database.inTransaction(
        tx ->
            tx.preparedQuery(OwnerQueries.REMOVE_PATH)
                .execute(tuple(clientId, siteId))
                .compose(
                    rows ->
                        rows.rowCount() == 0
                            ? Future.succeededFuture()
                            : audit.write(
                                tx,
                                AuditEntry.of(
                                        by,
                                        clientId,
                                        "remove escalation path",
                                        siteId == null ? "of the client" : "of site " + siteId)
                                    .gone(rows.iterator().next().toJson()))));
  }
}
