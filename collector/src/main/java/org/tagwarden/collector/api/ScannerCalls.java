package org.tagwarden.collector.api;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.intake.ReportIntake;
import org.tagwarden.collector.performance.LighthouseIntake;
import org.tagwarden.collector.schedule.JobClaim;
import org.tagwarden.collector.schedule.JobQueue;
import org.tagwarden.collector.schedule.ScanProgress;
import org.tagwarden.report.LighthouseReport;
import org.tagwarden.report.ReportCodec;
import org.tagwarden.report.ScanJob;

/** What scanners call: jobs out, reports in. */
final class ScannerCalls {
  private static final Refusal LOST =
      Refusal.of(
          Refusal.Kind.CONFLICT, "This job is no longer yours: stop working on it and claim anew.");

  private final JobQueue jobs;
  private final ReportIntake intake;
  private final LighthouseIntake lighthouse;
  private final ReportBody body;

  ScannerCalls(JobQueue jobs, ReportIntake intake, LighthouseIntake lighthouse, ReportBody body) {
    this.jobs = jobs;
    this.intake = intake;
    this.lighthouse = lighthouse;
    this.body = body;
  }

  /** Which visits or runs were stored now, and which had arrived before. */
  private record Stored(List<UUID> stored, List<UUID> known) {}

  Future<ApiAnswer> claim(ApiCall call) {
    JsonObject body = call.body();
    Set<ScanJob.Kind> kinds = EnumSet.noneOf(ScanJob.Kind.class);
    for (Object kind : body.getJsonArray("kinds")) kinds.add(ScanJob.Kind.valueOf(kind.toString()));
    JobClaim claim =
        new JobClaim(
            body.getString("scanner"), body.getString("version"), body.getString("browser"), kinds);
    return jobs.claim(
            claim,
            Duration.ofSeconds(body.getInteger("waitSeconds", 0)),
            () -> call.context().response().closed())
        .map(job -> job.map(ApiAnswer::ok).orElse(ApiAnswer.NOTHING));
  }

  Future<ApiAnswer> heartbeat(ApiCall call) {
    return jobs.heartbeat(call.uuid("jobId"), progress(call.body())).map(ScannerCalls::heldOrLost);
  }

  /** Older scanners say nothing. */
  private static @Nullable ScanProgress progress(JsonObject body) {
    if (body.getInteger("found") == null || body.getInteger("visited") == null) return null;
    return new ScanProgress(
        body.getInteger("found"), body.getInteger("visited"), body.getString("page"));
  }

  Future<ApiAnswer> finish(ApiCall call) {
    UUID job = call.uuid("jobId");
    String problem = call.body().getString("problem");
    if (problem != null) return jobs.fail(job, problem).map(ScannerCalls::heldOrLost);
    return jobs.finish(job)
        .map(ScannerCalls::heldOrLost)
        .compose(answer -> intake.scanDone(job).map(answer));
  }

  private static ApiAnswer heldOrLost(boolean held) {
    if (!held) throw LOST;
    return ApiAnswer.NOTHING;
  }

  Future<ApiAnswer> scanReport(ApiCall call) {
    return body.read(call.context().request(), ReportCodec::readReport)
        .compose(report -> intake.accept(report, report.scanner().name()))
        .map(result -> ApiAnswer.ok(new Stored(result.stored(), result.known())));
  }

  Future<ApiAnswer> lighthouseReport(ApiCall call) {
    return body.read(
            call.context().request(), bytes -> ReportCodec.read(bytes, LighthouseReport.class))
        .compose(
            report ->
                lighthouse
                    .accept(report)
                    .map(fresh -> stored(report.runId(), fresh))
                    .map(ApiAnswer::ok));
  }

  private static Stored stored(UUID runId, boolean fresh) {
    return fresh ? new Stored(List.of(runId), List.of()) : new Stored(List.of(), List.of(runId));
  }
}
