package org.tagwarden.collector.alerts;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.alerts.AlertStory.StoryTag;
import org.tagwarden.collector.checks.Check;
import org.tagwarden.collector.checks.CheckCatalog;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.findings.ChangeKind;
import org.tagwarden.collector.intake.StoredVisits;
import org.tagwarden.collector.vendors.Category;
import org.tagwarden.report.PageVisit;

/** Tells what an alert is about, as things stand when it is sent. */
public final class AlertStories {
  private final Database database;
  private final StoredVisits visits;

  public AlertStories(Database database, StoredVisits visits) {
    this.database = database;
    this.visits = visits;
  }

  Future<AlertStory> of(Alert alert) {
    return database
        .pool()
        .preparedQuery(AlertQueries.STORY)
        .execute(Tuple.of(alert.changeId()))
        .compose(
            rows -> {
              Row row = rows.iterator().next();
              UUID visit = row.getUUID("first_visit");
              return visits
                  .find(alert.siteId(), visit)
                  .map(found -> story(row, deeds(found, row.getString("subject"))));
            });
  }

  private static @Nullable ScriptDeeds deeds(Optional<PageVisit> visit, String subject) {
    return visit.isEmpty() ? null : ScriptDeeds.of(visit.get(), subject);
  }

  private static AlertStory story(Row row, @Nullable ScriptDeeds deeds) {
    String checkId = row.getString("check_id");
    Optional<Check> check =
        CheckCatalog.ALL.stream().filter(one -> one.id().equals(checkId)).findFirst();
    return new AlertStory(
        checkId,
        ChangeKind.valueOf(row.getString("change")),
        SqlTime.instant(row, "at"),
        row.getString("client"),
        row.getInteger("site_id"),
        row.getString("site"),
        row.getString("base_url"),
        check.map(Check::title).orElse(checkId),
        check.map(Check::whyItMatters).orElse(""),
        row.getString("subject"),
        Severity.valueOf(row.getString("severity")),
        row.getString("summary"),
        lines((JsonArray) row.getJson("evidence")),
        row.getString("remedy"),
        SqlTime.instant(row, "opened_at"),
        tag(row),
        List.of(row.getArrayOfStrings("pages")),
        row.getInteger("page_count"),
        Math.toIntExact(row.getLong("site_pages")),
        deeds);
  }

  private static @Nullable StoryTag tag(Row row) {
    Integer id = row.getInteger("tag_id");
    if (id == null) return null;
    return new StoryTag(
        id,
        row.getString("vendor"),
        row.getString("product"),
        Category.valueOf(row.getString("category")),
        row.getBoolean("known"),
        SqlTime.instant(row, "tag_first_seen"));
  }

  private static List<String> lines(JsonArray json) {
    List<String> lines = new ArrayList<>();
    for (Object line : json) lines.add(String.valueOf(line));
    return lines;
  }
}
