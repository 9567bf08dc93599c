package org.tagwarden.collector.owners;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.findings.StandingFindings.Standing;
import org.tagwarden.collector.owners.OrphanWatch.Cause;

/** What sites lack as a whole: an owner, or an address at which somebody reads. */
final class SiteGaps {
  private SiteGaps() {}

  /** Of one site, or (null) of all. */
  static Future<List<Cause>> of(SqlClient client, @Nullable Integer siteId) {
    List<Cause> gaps = new ArrayList<>();
    return client
        .preparedQuery(OwnerQueries.WITHOUT_OWNER)
        .execute(tuple(siteId))
        .compose(
            rows -> {
              for (Row row : rows) gaps.add(withoutOwner(row));
              return client.preparedQuery(OwnerQueries.UNREACHED).execute(tuple(siteId));
            })
        .map(
            rows -> {
              for (Row row : rows) gaps.add(unreached(row));
              return List.copyOf(gaps);
            });
  }

  private static Cause withoutOwner(Row row) {
    return new Cause(
        row.getInteger("site_id"),
        new Standing(
            OrphanKind.NOBODY.checkId(),
            "owner of the site",
            null,
            Severity.MEDIUM,
            "Nobody is named as owner of the site",
            List.of("Neither an IT owner nor a business owner is named for the site itself."),
            "Name an owner, and a deputy, on the site's page Owners."));
  }

  private static Cause unreached(Row row) {
    String subject = row.getString("what") + " " + row.getString("email");
    return new Cause(
        row.getInteger("site_id"),
        new Standing(
            OrphanKind.BOUNCES.checkId(),
            subject,
            null,
            Severity.MEDIUM,
            "Mails to the " + subject + " reach nobody",
            List.of(row.getString("reason")),
            "Enter another address; or, if this one works again, say so on the page Alerts."));
  }
}
