package org.tagwarden.dashboard.pages.scans;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.schedule.Scan;
import org.tagwarden.collector.schedule.Scans;
import org.tagwarden.collector.site.Site;
import org.tagwarden.dashboard.pages.scans.ScansView.Coverage;
import org.tagwarden.dashboard.pages.site.SiteFrames;
import org.tagwarden.dashboard.pages.site.SiteProgress;
import org.tagwarden.dashboard.web.Attempt;
import org.tagwarden.dashboard.web.Page;
import org.tagwarden.dashboard.web.Reply;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.SiteMap;
import org.tagwarden.report.ScanJob;

/** Scans of a site, each with what its page visits met; "scan now". */
public final class ScansPage implements Page {
  private static final int SHOWN = 60;

  /** A scanner asks for work at least every 20 seconds, or reports progress on a job. */
  private static final Duration SCANNER_SILENT = Duration.ofMinutes(2);

  private final SiteFrames frames;
  private final Scans scans;
  private final ScanQueries queries;

  public ScansPage(Collector collector) {
    this.frames = new SiteFrames(collector.database());
    this.scans = collector.scans();
    this.queries = new ScanQueries(collector.database());
  }

  @Override
  public void mount(SiteMap map) {
    map.site(HttpMethod.GET, "/sites/:site/scans", Role.VIEWER, this::list);
    map.site(HttpMethod.POST, "/sites/:site/scans", Role.REQUESTER, this::scanNow);
    map.site(
        HttpMethod.GET,
        "/sites/:site/progress",
        Role.VIEWER,
        (request, site) ->
            frames
                .of(request, site)
                .map(frame -> Reply.page("site/progress", new SiteProgress(frame, true))));
    map.site(HttpMethod.GET, "/sites/:site/scans/:scan", Role.VIEWER, this::show);
  }

  private Future<Reply> list(Request request, Site site) {
    String template = request.wantsFragment("scans") ? "scans/table" : "scans/page";
    var frame = frames.of(request, site);
    var list = scans.list(request.principal(), site.id(), SHOWN);
    var there = queries.scannerThere(request.now().minus(SCANNER_SILENT).atOffset(ZoneOffset.UTC));
    return Future.all(frame, list, there)
        .map(
            all ->
                new ScansView(
                    frame.result(),
                    list.result(),
                    coverage(list.result(), request.now()),
                    there.result()))
        .map(view -> Reply.page(template, view));
  }

  private static Coverage coverage(List<Scan> newestFirst, Instant now) {
    Instant from = now.minus(Duration.ofDays(30));
    int done = 0;
    int notRun = 0;
    int failed = 0;
    Duration longest = Duration.ZERO;
    Instant later = now;
    for (Scan scan : newestFirst) {
      if (scan.kind() != ScanJob.Kind.VISITS || scan.dueAt().isBefore(from)) continue;
      if (scan.state() == Scan.State.PARKED) notRun++;
      if (scan.state() != Scan.State.DONE || scan.finishedAt() == null) continue;
      done++;
      failed += scan.failedVisits();
      Duration gap = Duration.between(scan.finishedAt(), later);
      if (gap.compareTo(longest) > 0) longest = gap;
      later = scan.finishedAt();
    }
    return new Coverage(done, notRun, failed, longest.toDays());
  }

  private Future<Reply> scanNow(Request request, Site site) {
    String back = "/sites/" + site.id() + "/scans";
    return Attempt.orAgain(
        Attempt.of(() -> scans.now(request.principal(), site.id(), ScanJob.Kind.VISITS))
            .map(scan -> Reply.done(back, "The scan is queued: the next free scanner takes it.")),
        refusal -> Future.succeededFuture(Reply.failed(back, refusal.sentence())));
  }

  private Future<Reply> show(Request request, Site site) {
    UUID id = request.uuid("scan");
    return scans
        .get(request.principal(), id)
        .compose(
            scan -> {
              if (scan.siteId() != site.id()) throw Refusal.notFound("There is no such scan.");
              var frame = frames.of(request, site);
              var job = queries.job(site.id(), id);
              var visits = queries.visits(site.id(), id);
              var runs = queries.runs(site.id(), id);
              return Future.all(frame, job, visits, runs)
                  .map(
                      all ->
                          new ScanView(
                              frame.result(), scan, job.result(), visits.result(), runs.result()));
            })
        .map(view -> Reply.page("scans/scan", view));
  }
}
