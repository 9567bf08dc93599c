package org.tagwarden.collector.governance;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tagwarden.collector.alerts.AlertOutbox;
import org.tagwarden.collector.checks.ScriptSubject;
import org.tagwarden.collector.findings.FindingLedger;
import org.tagwarden.collector.governance.rules.Authorizations;
import org.tagwarden.collector.governance.rules.Occurrence;
import org.tagwarden.collector.governance.rules.Ruling;

/**
 * Resolves at once the open findings that a decision answers. What a decision makes worse is left
 * to the next judgement: nothing was seen yet that would say so.
 */
final class Settlement {
  private static final String LAPSED = "authorization-lapsed";
  private static final String REASON = "Somebody decided about it: an authorization covers it.";

  private final FindingLedger findings;
  private final AlertOutbox alerts = new AlertOutbox();

  Settlement(FindingLedger findings) {
    this.findings = findings;
  }

  /** Joins a transaction that holds the sites' locks; answers how many findings it resolved. */
  Future<Integer> settle(SqlConnection tx, List<Integer> sites, Instant now) {
    Future<Integer> settled = Future.succeededFuture(0);
    for (int site : sites) {
      settled = settled.compose(sum -> settle(tx, site, now).map(count -> sum + count));
    }
    return settled;
  }

  private Future<Integer> settle(SqlConnection tx, int site, Instant now) {
    String[] checks = {FindingLedger.UNAPPROVED_SCRIPT, LAPSED};
    return tx.preparedQuery(GovernanceQueries.SETTLEABLE)
        .execute(tuple(site, checks))
        .compose(
            rows -> {
              if (rows.size() == 0) return Future.succeededFuture(0);
              return AuthorizationReading.ofSite(tx, site)
                  .compose(
                      authorizations -> {
                        List<Integer> ids = answered(rows, authorizations, now);
                        return ids.isEmpty()
                            ? Future.succeededFuture(0)
                            : findings
                                .settle(tx, site, ids, REASON, now)
                                .compose(
                                    changes ->
                                        alerts
                                            .announce(tx, site, changes, now)
                                            .map(changes.size()));
                      });
            });
  }

  /** Findings of which everything that is known to run now may run. */
  private static List<Integer> answered(
      Iterable<Row> rows, Authorizations authorizations, Instant now) {
    Map<Integer, List<Row>> byFinding = new LinkedHashMap<>();
    for (Row row : rows) {
      byFinding.computeIfAbsent(row.getInteger("id"), id -> new ArrayList<>()).add(row);
    }
    List<Integer> answered = new ArrayList<>();
    byFinding.forEach(
        (id, scripts) -> {
          if (isAnswered(scripts, authorizations, now)) answered.add(id);
        });
    return answered;
  }

  private static boolean isAnswered(List<Row> scripts, Authorizations authorizations, Instant now) {
    Row finding = scripts.get(0);
    String subject = finding.getString("subject");
    boolean aboutScript = finding.getString("check_id").equals(FindingLedger.UNAPPROVED_SCRIPT);
    boolean any = false;
    for (Row script : scripts) {
      String url = script.getString("url");
      if (url == null || (aboutScript && !ScriptSubject.of(url).equals(subject))) continue;
      any = true;
      Occurrence what =
          new Occurrence(
              script.getString("vendor"),
              script.getString("tag_key"),
              url,
              script.getString("sha256"));
      if (!answers(authorizations.rule(what, script.getBoolean("payment"), now), now)) return false;
    }
    if (any) return true;
    // Its scripts are not known any more: what the tag as such may do has to answer it.
    Occurrence tag =
        new Occurrence(
            finding.getString("vendor"),
            finding.getString("tag_key"),
            aboutScript ? "https://" + subject : null,
            null);
    return answers(authorizations.rule(tag, finding.getBoolean("payment"), now), now);
  }

  private static boolean answers(Ruling ruling, Instant now) {
    return ruling.approved() && ruling.deciding() != null && !ruling.deciding().reviewOverdue(now);
  }
}
