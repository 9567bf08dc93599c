package org.tagwarden.collector.alerts;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.alerts.AlertStory.Care;
import org.tagwarden.collector.alerts.AlertStory.Mute;
import org.tagwarden.collector.alerts.AlertStory.StoryTag;
import org.tagwarden.collector.changes.LookedAgain;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.db.SqlValues;
import org.tagwarden.collector.findings.ChangeKind;
import org.tagwarden.collector.intake.StoredVisits;
import org.tagwarden.collector.owners.Line;
import org.tagwarden.collector.owners.Responsibility;
import org.tagwarden.collector.vendors.Category;
import org.tagwarden.collector.vendors.LoadMethod;
import org.tagwarden.report.PageVisit;

/** Tells what an alert is about, as things stand when it is sent. */
public final class AlertStories {
  /** A message names so many findings; the others are counted. */
  static final int MOST = 40;

  /** A mail may be read late; its links work so long. */
  private static final Duration LINK_LIFE = Duration.ofDays(60);

  private final Database database;
  private final StoredVisits visits;
  private final SignedLinks links;
  private final ReviewStory reviews;
  private final RequestStory requests;

  public AlertStories(Database database, StoredVisits visits, SignedLinks links) {
    this.database = database;
    this.visits = visits;
    this.links = links;
    this.reviews = new ReviewStory(database, links);
    this.requests = new RequestStory(database, links.publicUrl());
  }

  /** Fails when there is nothing left to tell: its findings are gone. */
  Future<AlertMessage> of(Alert alert) {
    if (alert.kind() == AlertKind.REVIEW) return reviews.message(alert);
    if (alert.kind().isAboutRequest()) return requests.message(alert);
    return database
        .pool()
        .preparedQuery(StoryQueries.STORIES)
        .execute(SqlValues.tuple(alert.id(), MOST))
        .compose(
            rows -> {
              if (rows.size() == 0)
                throw AlertException.permanent("What it was about is gone: nothing to tell.", null);
              return stories(alert, rows).compose(stories -> message(alert, stories, rows));
            });
  }

  private Future<List<AlertStory>> stories(Alert alert, RowSet<Row> rows) {
    List<AlertStory> stories = new ArrayList<>();
    for (Row row : rows) stories.add(story(row));
    AlertStory only = stories.get(0);
    if (stories.size() > 1 || only.isResolved()) return Future.succeededFuture(stories);
    UUID visit = rows.iterator().next().getUUID("first_visit");
    return visits
        .find(alert.siteId(), visit)
        .map(found -> List.of(only.withDeeds(deeds(found, only.subject()))));
  }

  private Future<AlertMessage> message(Alert alert, List<AlertStory> stories, RowSet<Row> rows) {
    long total = rows.iterator().next().getLong("total");
    Integer[] findings = stories.stream().map(AlertStory::findingId).toArray(Integer[]::new);
    return Responsibility.of(database.pool(), alert.siteId())
        .compose(
            responsibility ->
                database
                    .pool()
                    .preparedQuery(StoryQueries.THREAD)
                    .execute(
                        SqlValues.tuple(alert.id(), alert.channel(), alert.recipient(), findings))
                    .map(
                        earlier -> {
                          List<String> thread = new ArrayList<>();
                          for (Row row : earlier) thread.add(row.getString("message_id"));
                          return new AlertMessage(
                              alert.kind(),
                              stories,
                              Math.toIntExact(total),
                              next(alert, stories, rows, responsibility),
                              thread,
                              links(alert, stories));
                        }));
  }

  /** For all of them, or for the most urgent one when they differ. */
  private static String next(
      Alert alert, List<AlertStory> stories, RowSet<Row> rows, Responsibility responsibility) {
    Instant claimedAt = alert.claim().toInstant().minus(AlertLoop.LEASE);
    List<String> next = new ArrayList<>();
    for (Row row : rows) {
      AlertStory story = stories.get(next.size());
      Line line = responsibility.line(story.tagKey());
      Integer step = row.getInteger("step");
      Instant planned = SqlTime.instantOrNull(row, "next_at");
      Instant nextAt =
          step == null || planned == null
              ? planned
              : line.nextAt(step, story.severity(), planned, alert.recipient(), claimedAt);
      next.add(NextWords.of(line, story, step, nextAt));
    }
    boolean same = next.stream().allMatch(next.get(0)::equals);
    return same ? next.get(0) : "For " + stories.get(0).subject() + ": " + next.get(0);
  }

  private AlertMessage.Links links(Alert alert, List<AlertStory> stories) {
    String site = links.publicUrl() + "/sites/" + alert.siteId();
    String look = site + "/findings";
    if (stories.size() == 1) {
      AlertStory only = stories.get(0);
      boolean decide = AlertMessage.isScript(only) && only.tag() != null && !only.isResolved();
      look = decide ? site + "/tags/" + tagId(only) : look + "/" + only.findingId();
    }
    return new AlertMessage.Links(
        look,
        links.link(SignedLinks.Purpose.ACKNOWLEDGE, alert.id(), LINK_LIFE),
        links.link(SignedLinks.Purpose.UNSUBSCRIBE, alert.id(), LINK_LIFE));
  }

  private static int tagId(AlertStory story) {
    StoryTag tag = story.tag();
    if (tag == null) throw new IllegalStateException("A story without a tag");
    return tag.id();
  }

  private static @Nullable ScriptDeeds deeds(Optional<PageVisit> visit, String subject) {
    return visit.isEmpty() ? null : ScriptDeeds.of(visit.get(), subject);
  }

  private static AlertStory story(Row row) {
    String checkId = row.getString("check_id");
    FindingTexts texts = FindingTexts.of(checkId);
    return new AlertStory(
        row.getInteger("finding_id"),
        checkId,
        ChangeKind.valueOf(row.getString("change")),
        SqlTime.instant(row, "at"),
        row.getString("client"),
        row.getInteger("site_id"),
        row.getString("site"),
        row.getString("base_url"),
        texts.title(),
        texts.whyItMatters(),
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
        null,
        care(row));
  }

  private static Care care(Row row) {
    String reason = row.getString("mute_reason");
    String again = row.getString("looked_again");
    return new Care(
        row.getString("acknowledged_by"),
        SqlTime.instantOrNull(row, "acknowledged_at"),
        reason == null
            ? null
            : new Mute(row.getString("muted_by"), reason, SqlTime.instant(row, "muted_until")),
        again == null ? null : LookedAgain.valueOf(again),
        row.getString("reason"));
  }

  private static @Nullable StoryTag tag(Row row) {
    Integer id = row.getInteger("tag_id");
    if (id == null) return null;
    return new StoryTag(
        id,
        row.getString("tag_key"),
        row.getString("vendor"),
        row.getString("product"),
        Category.valueOf(row.getString("category")),
        row.getBoolean("known"),
        broughtBy(row));
  }

  private static String broughtBy(Row row) {
    String loader = row.getString("loader");
    String container = row.getString("container_id");
    return switch (LoadMethod.valueOf(row.getString("load_method"))) {
      case HARD_CODED -> "the site itself, in its own code";
      case CONTAINER ->
          (loader == null ? "a tag manager" : loader)
              + (container == null ? "" : ", container " + container);
      case PIGGYBACK -> (loader == null ? "another tag" : loader) + ", itself a tag";
      case UNKNOWN -> "nobody could tell";
    };
  }

  private static List<String> lines(JsonArray json) {
    List<String> lines = new ArrayList<>();
    for (Object line : json) lines.add(String.valueOf(line));
    return lines;
  }
}
