package org.tagwarden.collector.owners;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.owners.EscalationStep.Office;

/**
 * Who answers for a site, read on the caller's connection so that it fits the caller's transaction.
 *
 * @param owners of the site and of its tags; whoever left is not among them
 * @param path null when none is defined
 * @param unreached addresses of them, in lower case, whose mails came back or who want none
 */
public record Responsibility(
    List<Ownership> owners, @Nullable EscalationPath path, Set<String> unreached) {
  public Responsibility {
    owners = List.copyOf(owners);
    unreached = Set.copyOf(unreached);
  }

  /** When mails reach all of them. */
  public Responsibility(List<Ownership> owners, @Nullable EscalationPath path) {
    this(owners, path, Set.of());
  }

  /** What holds for a site now. */
  public static Future<Responsibility> of(SqlClient client, int siteId) {
    return client
        .preparedQuery(OwnerQueries.PRESENT)
        .execute(Tuple.of(siteId))
        .compose(
            owners ->
                client
                    .preparedQuery(OwnerQueries.PATH)
                    .execute(Tuple.of(siteId))
                    .map(
                        paths -> {
                          List<Ownership> present = new ArrayList<>();
                          Set<String> unreached = new HashSet<>();
                          for (Row row : owners) {
                            Ownership owner = ownership(row);
                            present.add(owner);
                            if (row.getBoolean("unreached"))
                              unreached.add(owner.email().toLowerCase(Locale.ROOT));
                          }
                          if (paths.size() == 0)
                            return new Responsibility(present, null, unreached);
                          Row path = paths.iterator().next();
                          unreached.addAll(List.of(path.getArrayOfStrings("unreached")));
                          return new Responsibility(present, path(path), unreached);
                        }));
  }

  /** Of a finding about this tag; "" for the site itself. */
  public Line line(String tagKey) {
    return Line.of(owners, tagKey, path, unreached);
  }

  static Ownership ownership(Row row) {
    return new Ownership(
        row.getInteger("id"),
        row.getInteger("site_id"),
        row.getString("tag_key"),
        Duty.valueOf(row.getString("duty")),
        Rank.valueOf(row.getString("rank")),
        row.getString("name"),
        row.getString("email"),
        row.getLocalDate("review_on"));
  }

  static EscalationPath path(Row row) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (Short day : row.getArrayOfShorts("work_days")) days.add(DayOfWeek.of(day));
    String always = row.getString("always_from");
    List<EscalationStep> steps = new ArrayList<>();
    for (Object step : row.getJsonArray("steps")) steps.add(step((JsonObject) step));
    return new EscalationPath(
        row.getInteger("client_id"),
        row.getInteger("site_id"),
        new WorkingHours(
            ZoneId.of(row.getString("time_zone")),
            days,
            row.getLocalTime("work_from"),
            row.getLocalTime("work_until")),
        always == null ? null : Severity.valueOf(always),
        steps);
  }

  private static EscalationStep step(JsonObject json) {
    String who = json.getString("who");
    String skipped = json.getString("skippedFrom");
    return new EscalationStep(
        who == null ? null : Office.valueOf(who),
        json.getString("contact", ""),
        json.getInteger("waitMinutes"),
        skipped == null ? null : Severity.valueOf(skipped));
  }

  static JsonArray json(List<EscalationStep> steps) {
    JsonArray json = new JsonArray();
    for (EscalationStep step : steps) {
      Office who = step.who();
      Severity skipped = step.skippedFrom();
      json.add(
          new JsonObject()
              .put("who", who == null ? null : who.name())
              .put("contact", step.contact())
              .put("waitMinutes", step.waitMinutes())
              .put("skippedFrom", skipped == null ? null : skipped.name()));
    }
    return json;
  }
}
