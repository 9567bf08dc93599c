package org.tagwarden.collector.changes;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tagwarden.collector.changes.Change.Ref;
import org.tagwarden.collector.checks.CheckResult;
import org.tagwarden.collector.checks.Examination;
import org.tagwarden.collector.checks.Rule;

/**
 * Brings what checks and rules say about one visit down to one finding a deed, before the ledger
 * sees it. Joins the caller's transaction, which holds the site's lock.
 */
public final class Voices {
  private static final String OPEN =
      """
      EXISTS (SELECT FROM finding f WHERE f.site_id = w.site_id AND f.state = 'OPEN'
              AND f.check_id = %s AND f.subject = %s) AS open
      """;

  /** $1 site, $2 tags. */
  private static final String CAUSES =
      "SELECT w.subject AS tag_key, w.cause_check, w.cause_subject, "
          + OPEN.formatted("w.cause_check", "w.cause_subject")
          + "FROM watched w WHERE w.site_id = $1 AND w.kind = 'TAG' AND w.subject = ANY($2::text[]) AND w.cause_check IS NOT NULL";

  private static final String READS_TOO =
      """
      (EXISTS (SELECT FROM watched r WHERE r.site_id = w.site_id AND r.kind = 'READ' AND r.subject = w.subject
                 AND r.first_visit = w.first_visit AND r.value IN ('payment fields', 'sign-in fields'))
        AND NOT EXISTS (SELECT FROM finding f WHERE f.site_id = w.site_id AND f.state = 'OPEN'
                          AND f.check_id = 'sensitive-field-read' AND f.subject = w.subject)) AS reads_too,
      """;

  /** $1 site, $2 tags. */
  private static final String CONTACTS =
      "SELECT w.tag_key, w.subject AS script, w.value AS host, "
          + READS_TOO
          + "CASE WHEN w.state = 'OPEN' THEN w.told END AS told, "
          + OPEN.formatted("w.told ->> 'rule'", "w.told ->> 'subject'")
          + "FROM watched w WHERE w.site_id = $1 AND w.kind = 'CONTACT' AND (w.state = 'OPEN' OR w.accepted) AND w.tag_key = ANY($2::text[])";

  /** $1 site, $2 checks, $3 tags. */
  private static final String OF_CONSENT =
      """
      SELECT check_id, subject FROM finding
      WHERE site_id = $1 AND state = 'OPEN' AND check_id = ANY($2::text[]) AND subject = ANY($3::text[])
      """;

  private Voices() {}

  /** The same examination with one result for each deed. */
  public static Future<Examination> merged(SqlConnection tx, int siteId, Examination examination) {
    Set<String> tags = new TreeSet<>();
    boolean byContacts = false;
    Set<String> consent = new TreeSet<>();
    for (CheckResult result : examination.results()) {
      String tag = result.failure().tagKey();
      if (tag == null || ChangeRule.of(result.check().id()) != null) continue;
      tags.add(tag);
      if (OneVoice.CONSENT.contains(result.check().id())) consent.add(tag);
      boolean drift = result.check().id().equals(OneVoice.DRIFT);
      byContacts |= drift && !result.failure().names().isEmpty();
      byContacts |= result.check().id().equals(OneVoice.SENSITIVE);
    }
    if (tags.isEmpty()) return Future.succeededFuture(told(examination, OneVoice.Standing.NOTHING));
    boolean contacts = byContacts;
    Set<String> examined = new HashSet<>();
    for (Rule rule : examination.examined()) examined.add(rule.id());
    String[] keys = tags.toArray(String[]::new);
    Set<Ref> elsewhere = new HashSet<>();
    return causes(tx, siteId, keys, examined, elsewhere)
        .compose(
            causes ->
                (contacts
                        ? contacts(tx, siteId, keys, examined, elsewhere)
                        : Future.succeededFuture(List.<OneVoice.Contact>of()))
                    .compose(
                        found ->
                            ofConsent(tx, siteId, consent)
                                .map(
                                    open -> new OneVoice.Standing(causes, found, elsewhere, open))))
        .map(standing -> told(examination, standing));
  }

  private static Examination told(Examination examination, OneVoice.Standing standing) {
    return examination.telling(OneVoice.of(examination.results(), standing));
  }

  private static Future<Map<String, Ref>> causes(
      SqlConnection tx, int siteId, String[] tags, Set<String> examined, Set<Ref> elsewhere) {
    return tx.preparedQuery(CAUSES)
        .execute(tuple(siteId, tags))
        .map(
            rows -> {
              Map<String, Ref> causes = new HashMap<>();
              for (Row row : rows) {
                Ref cause = new Ref(row.getString("cause_check"), row.getString("cause_subject"));
                causes.put(row.getString("tag_key"), cause);
                note(row, cause, examined, elsewhere);
              }
              return causes;
            });
  }

  private static Future<Set<Ref>> ofConsent(SqlConnection tx, int siteId, Set<String> tags) {
    if (tags.isEmpty()) return Future.succeededFuture(Set.of());
    String[] checks = OneVoice.CONSENT.toArray(String[]::new);
    return tx.preparedQuery(OF_CONSENT)
        .execute(tuple(siteId, checks, tags.toArray(String[]::new)))
        .map(
            rows -> {
              Set<Ref> open = new HashSet<>();
              for (Row row : rows)
                open.add(new Ref(row.getString("check_id"), row.getString("subject")));
              return open;
            });
  }

  private static Future<List<OneVoice.Contact>> contacts(
      SqlConnection tx, int siteId, String[] tags, Set<String> examined, Set<Ref> elsewhere) {
    return tx.preparedQuery(CONTACTS)
        .execute(tuple(siteId, tags))
        .map(
            rows -> {
              List<OneVoice.Contact> contacts = new ArrayList<>();
              for (Row row : rows) {
                JsonObject json = row.getJsonObject("told");
                Told told = json == null ? null : Told.of(json);
                contacts.add(
                    new OneVoice.Contact(
                        row.getString("tag_key"),
                        row.getString("script"),
                        row.getString("host"),
                        told,
                        row.getBoolean("reads_too")));
                if (told != null) note(row, Ref.of(told), examined, elsewhere);
              }
              return contacts;
            });
  }

  /** Open, and not looked at here: it stays open whatever this examination says. */
  private static void note(Row row, Ref ref, Set<String> examined, Set<Ref> elsewhere) {
    if (row.getBoolean("open") && !examined.contains(ref.checkId())) elsewhere.add(ref);
  }
}
