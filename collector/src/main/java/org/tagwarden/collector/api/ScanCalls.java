package org.tagwarden.collector.api;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.tagwarden.collector.schedule.JobQueue;
import org.tagwarden.collector.schedule.Scans;
import org.tagwarden.collector.schedule.ScheduleDraft;
import org.tagwarden.collector.schedule.Schedules;
import org.tagwarden.report.ScanJob;

/** Schedules, scans and scanners. */
final class ScanCalls {
  private static final int USUAL_LIMIT = 50;

  private final Schedules schedules;
  private final Scans scans;
  private final JobQueue jobs;

  ScanCalls(Schedules schedules, Scans scans, JobQueue jobs) {
    this.schedules = schedules;
    this.scans = scans;
    this.jobs = jobs;
  }

  Future<ApiAnswer> listSchedules(ApiCall call) {
    return schedules.list(call.principal(), call.number("siteId")).map(ApiAnswer::ok);
  }

  Future<ApiAnswer> setSchedule(ApiCall call) {
    JsonObject body =
        new JsonObject()
            .put("jitterSeconds", 0)
            .put("enabled", true)
            .put("blackouts", new JsonArray())
            .mergeIn(call.body());
    for (Object blackout : body.getJsonArray("blackouts")) {
      JsonObject window = (JsonObject) blackout;
      if (!window.containsKey("days")) window.put("days", new JsonArray());
    }
    ScheduleDraft draft = ApiJson.read(body, ScheduleDraft.class);
    return schedules
        .save(call.principal(), call.number("siteId"), kind(call), draft)
        .map(ApiAnswer::ok);
  }

  Future<ApiAnswer> deleteSchedule(ApiCall call) {
    return schedules
        .delete(call.principal(), call.number("siteId"), kind(call))
        .map(ApiAnswer.NOTHING);
  }

  Future<ApiAnswer> listScans(ApiCall call) {
    int limit = call.query("limit").map(Integer::parseInt).orElse(USUAL_LIMIT);
    return scans.list(call.principal(), call.number("siteId"), limit).map(ApiAnswer::ok);
  }

  Future<ApiAnswer> scanNow(ApiCall call) {
    ScanJob.Kind kind = ScanJob.Kind.valueOf(call.body().getString("kind", "VISITS"));
    return scans
        .now(call.principal(), call.number("siteId"), kind)
        .map(scan -> new ApiAnswer(202, scan));
  }

  Future<ApiAnswer> getScan(ApiCall call) {
    return scans.get(call.principal(), call.uuid("scanId")).map(ApiAnswer::ok);
  }

  Future<ApiAnswer> listScanners(ApiCall call) {
    return jobs.scanners().map(ApiAnswer::ok);
  }

  private static ScanJob.Kind kind(ApiCall call) {
    return call.choice("kind", ScanJob.Kind.class);
  }
}
