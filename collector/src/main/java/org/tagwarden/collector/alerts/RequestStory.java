package org.tagwarden.collector.alerts;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.db.SqlValues;
import org.tagwarden.collector.findings.ChangeKind;
import org.tagwarden.collector.governance.RequestState;

/** A request for a tag, as those who decide read it, and its answer, as who asked reads it. */
final class RequestStory {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

  /** $1 alert. {@code pages}: how many show it already, by the name that was written. */
  private static final String REQUEST =
      """
      SELECT r.id, r.what, r.reason, r.wanted_from, r.asked_by_name, r.asked_at, r.state, r.answer, r.answered_by_name,
             r.answered_at, s.id AS site_id, s.name AS site, s.base_url, c.name AS client,
             a.id AS authorization_id, a.expires_on, a.envelope <> '{}' AS limited,
             coalesce((SELECT max(t.pages) FROM tag t WHERE t.site_id = s.id
                       AND lower(r.what) IN (lower(t.product), lower(t.vendor), lower(t.key))), 0) AS pages
      FROM alert m JOIN tag_request r ON r.id = m.request_id
      JOIN site s ON s.id = r.site_id JOIN client c ON c.id = s.client_id
      LEFT JOIN tag_authorization a ON a.id = r.authorization_id AND a.withdrawn_at IS NULL
      WHERE m.id = $1
      """;

  private final Database database;
  private final String publicUrl;

  RequestStory(Database database, String publicUrl) {
    this.database = database;
    this.publicUrl = publicUrl;
  }

  Future<AlertMessage> message(Alert alert) {
    return database
        .pool()
        .preparedQuery(REQUEST)
        .execute(tuple(alert.id()))
        .map(
            rows -> {
              if (rows.size() == 0)
                throw AlertException.permanent("The request is gone: nothing to tell.", null);
              Row row = rows.iterator().next();
              boolean asks = alert.kind() == AlertKind.ASKED;
              String all = publicUrl + "/requests";
              String look = all + "#request-" + row.getInteger("id");
              return new AlertMessage(
                  alert.kind(),
                  List.of(asks ? asked(row) : answered(row)),
                  1,
                  "",
                  List.of(),
                  new AlertMessage.Links(look, look, all));
            });
  }

  private static AlertStory asked(Row row) {
    List<String> lines = new ArrayList<>();
    lines.add("Asked on " + day(SqlValues.day(SqlTime.instant(row, "asked_at"))));
    LocalDate from = row.getLocalDate("wanted_from");
    lines.add(from == null ? "Wanted as soon as possible" : "Wanted from " + day(from));
    int pages = row.getInteger("pages");
    if (pages > 0)
      lines.add("It runs there already, on " + pages + (pages == 1 ? " page" : " pages"));
    return story(
        row,
        ChangeKind.OPENED,
        Severity.LOW,
        row.getString("asked_by_name") + " asks for " + row.getString("what"),
        row.getString("reason"),
        lines,
        "Grant it with an authorization, or decline it; either way with a reason."
            + " Asking alone allows nothing.");
  }

  private static AlertStory answered(Row row) {
    RequestState state = RequestState.valueOf(row.getString("state"));
    boolean granted = state == RequestState.GRANTED;
    List<String> lines = new ArrayList<>();
    lines.add("You wrote: " + row.getString("reason"));
    LocalDate from = row.getLocalDate("wanted_from");
    if (from != null) lines.add("Wanted from " + day(from));
    if (granted && row.getInteger("authorization_id") != null) lines.add(allowed(row));
    return story(
        row,
        granted ? ChangeKind.RESOLVED : ChangeKind.OPENED,
        granted ? Severity.LOW : Severity.HIGH,
        word(state) + ": " + row.getString("what"),
        by(row) + row.getString("answer"),
        lines,
        granted
            ? "It may be deployed. Whatever it does beyond its authorization is told to the site's"
                + " people."
            : "Do not deploy it. If the answer overlooks something, ask again and say what.");
  }

  private static String by(Row row) {
    String by = row.getString("answered_by_name");
    return by == null ? "" : by + ": ";
  }

  private static String allowed(Row row) {
    LocalDate expires = row.getLocalDate("expires_on");
    return "Authorized "
        + (row.getBoolean("limited") ? "within limits" : "without limits")
        + (expires == null ? "" : ", until " + day(expires));
  }

  private static String word(RequestState state) {
    return switch (state) {
      case GRANTED -> "Granted";
      case DECLINED -> "Declined";
      case WITHDRAWN -> "Taken back";
      case OPEN -> "Open again";
    };
  }

  private static String day(LocalDate day) {
    return DAY.format(day);
  }

  private static AlertStory story(
      Row row,
      ChangeKind change,
      Severity severity,
      String title,
      String summary,
      List<String> lines,
      String remedy) {
    String site = row.getString("site");
    return new AlertStory(
        0,
        "request",
        change,
        SqlTime.instant(row, "asked_at"),
        row.getString("client"),
        row.getInteger("site_id"),
        site,
        row.getString("base_url"),
        title + " on " + site,
        "",
        row.getString("what"),
        severity,
        summary,
        lines,
        remedy,
        SqlTime.instant(row, "asked_at"),
        null,
        List.of(),
        0,
        0,
        null,
        null);
  }
}
