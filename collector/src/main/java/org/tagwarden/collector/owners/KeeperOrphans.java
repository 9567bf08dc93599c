package org.tagwarden.collector.owners;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.findings.StandingFindings.Standing;

/**
 * Owners and deputies of authorizations who cannot be relied on any more. What holds for all sites
 * of a client is a finding of the client's first site alone.
 */
final class KeeperOrphans {
  /** $1 site, or null for all. */
  private static final String ORPHANED =
      """
      SELECT k.site_id, k.rank, k.said, k.email, k.subject_kind, k.subject, k.place, t.id AS tag_id,
             p.id IS NOT NULL AS gone, b.reason
      FROM (
        SELECT coalesce(a.site_id, (SELECT min(s.id) FROM site s WHERE s.client_id = a.client_id AND s.archived_at IS NULL)) AS site_id,
               a.subject_kind, a.subject, v.rank, v.said, v.email,
               CASE WHEN a.pages = 'PAYMENT' THEN ' on payment pages' ELSE '' END
                 || CASE WHEN a.site_id IS NULL THEN ', all sites' ELSE '' END AS place
        FROM tag_authorization a
        CROSS JOIN LATERAL (VALUES
          ('owner', a.owner, a.owner_email), ('deputy', a.deputy, a.deputy_email),
          ('unneeded', coalesce(nullif(a.owner, ''), a.deputy),
            CASE WHEN a.not_needed_at IS NOT NULL THEN coalesce(a.owner_email, a.deputy_email) END)) v (rank, said, email)
        WHERE a.withdrawn_at IS NULL AND v.email IS NOT NULL) k
      JOIN site s ON s.id = k.site_id AND s.archived_at IS NULL
      LEFT JOIN person p ON lower(p.email) = k.email AND p.disabled_at IS NOT NULL
      LEFT JOIN mail_bounce b ON b.email = k.email
      LEFT JOIN tag t ON t.site_id = k.site_id
        AND t.key = CASE k.subject_kind WHEN 'PRODUCT' THEN k.subject WHEN 'HOST' THEN 'host:' || k.subject END
      WHERE ($1::int IS NULL OR k.site_id = $1) AND (k.rank = 'unneeded' OR p.id IS NOT NULL OR b.reason IS NOT NULL)
      ORDER BY k.site_id, k.subject_kind, k.subject, k.place, k.rank
      """;

  /** One on a site. */
  record OnSite(int siteId, Standing standing) {}

  private KeeperOrphans() {}

  static Future<List<OnSite>> of(SqlClient client, @Nullable Integer siteId) {
    return client
        .preparedQuery(ORPHANED)
        .execute(tuple(siteId))
        .map(
            rows -> {
              List<OnSite> orphans = new ArrayList<>();
              for (Row row : rows) {
                orphans.add(new OnSite(row.getInteger("site_id"), standing(row)));
              }
              return orphans;
            });
  }

  private static Standing standing(Row row) {
    boolean gone = row.getBoolean("gone");
    String what =
        "the authorization of "
            + row.getString("subject_kind").toLowerCase(Locale.ROOT)
            + " "
            + row.getString("subject")
            + row.getString("place");
    if (row.getString("rank").equals("unneeded")) return unneeded(row, what);
    OrphanKind kind = gone ? OrphanKind.LEFT : OrphanKind.BOUNCES;
    String rank = row.getString("rank");
    return new Standing(
        kind.checkId(),
        rank + " of " + what,
        row.getInteger("tag_id"),
        rank.equals("owner") ? Severity.MEDIUM : Severity.LOW,
        row.getString("said")
            + ", "
            + rank
            + " of "
            + what
            + (gone ? ", has left." : ", cannot be reached by mail."),
        List.of(
            gone
                ? "The account of " + row.getString("email") + " is closed."
                : row.getString("reason")),
        "Name somebody else in the authorization, or withdraw it if nobody needs it.");
  }

  private static Standing unneeded(Row row, String what) {
    return new Standing(
        OrphanKind.UNNEEDED.checkId(),
        what,
        row.getInteger("tag_id"),
        Severity.MEDIUM,
        row.getString("said") + ", who answers for " + what + ", says that it is no longer needed.",
        List.of(row.getString("said") + " said so when asked."),
        "Have it removed, then withdraw the authorization; or name somebody in it who needs it.");
  }
}
