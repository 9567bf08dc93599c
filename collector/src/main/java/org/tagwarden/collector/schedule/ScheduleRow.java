package org.tagwarden.collector.schedule;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.report.ScanJob;

/** Between a row of scan_schedule and the records. */
final class ScheduleRow {
  private static final int ABBREVIATION = 3;

  private ScheduleRow() {}

  static Schedule schedule(Row row) {
    return new Schedule(
        row.getInteger("id"),
        row.getInteger("site_id"),
        ScanJob.Kind.valueOf(row.getString("kind")),
        new ScheduleDraft(
            row.getString("cron"),
            row.getString("time_zone"),
            row.getInteger("jitter_seconds"),
            blackouts(row.getJsonArray("blackouts")),
            row.getBoolean("enabled")),
        SqlTime.instantOrNull(row, "next_run_at"),
        SqlTime.instantOrNull(row, "last_run_at"));
  }

  static JsonArray blackouts(List<Blackout> blackouts) {
    JsonArray array = new JsonArray();
    for (Blackout blackout : blackouts) {
      JsonArray days = new JsonArray();
      blackout.days().forEach(day -> days.add(day.name().substring(0, ABBREVIATION)));
      array.add(
          JsonObject.of(
              "from", blackout.from().toString(), "to", blackout.to().toString(), "days", days));
    }
    return array;
  }

  private static List<Blackout> blackouts(JsonArray array) {
    List<Blackout> blackouts = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      JsonObject stored = array.getJsonObject(i);
      Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
      for (Object day : stored.getJsonArray("days", new JsonArray())) days.add(day(day.toString()));
      blackouts.add(
          new Blackout(
              LocalTime.parse(stored.getString("from")),
              LocalTime.parse(stored.getString("to")),
              days));
    }
    return blackouts;
  }

  private static DayOfWeek day(String abbreviation) {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (day.name().startsWith(abbreviation)) return day;
    }
    throw new IllegalStateException("Stored blackout names no day: " + abbreviation);
  }
}
