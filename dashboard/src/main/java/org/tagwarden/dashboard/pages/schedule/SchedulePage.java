package org.tagwarden.dashboard.pages.schedule;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.schedule.Schedule;
import org.tagwarden.collector.schedule.ScheduleDraft;
import org.tagwarden.collector.schedule.Schedules;
import org.tagwarden.collector.site.Site;
import org.tagwarden.collector.site.SiteDraft;
import org.tagwarden.collector.site.Sites;
import org.tagwarden.dashboard.pages.site.SiteFrames;
import org.tagwarden.dashboard.web.Attempt;
import org.tagwarden.dashboard.web.Page;
import org.tagwarden.dashboard.web.Reply;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.SiteMap;
import org.tagwarden.report.ScanJob;

/** When and how a site is scanned, and who hears of it: one form, for approvers. */
public final class SchedulePage implements Page {
  private final SiteFrames frames;
  private final Sites sites;
  private final Schedules schedules;
  private final Clock clock;

  public SchedulePage(Collector collector, Clock clock) {
    this.clock = clock;
    this.frames = new SiteFrames(collector.database());
    this.sites = collector.sites();
    this.schedules = collector.schedules();
  }

  @Override
  public void mount(SiteMap map) {
    map.site(HttpMethod.GET, "/sites/:site/schedule", Role.VIEWER, this::show);
    map.site(HttpMethod.POST, "/sites/:site/schedule", Role.APPROVER, this::save);
    map.site(HttpMethod.POST, "/sites/:site/archive", Role.APPROVER, this::archive);
    map.site(HttpMethod.POST, "/sites/:site/restore", Role.APPROVER, this::restore);
  }

  private Future<Reply> show(Request request, Site site) {
    return current(request, site)
        .compose(schedule -> view(request, site, SiteForm.of(site, schedule), Map.of()))
        .map(view -> Reply.page("schedule/page", view));
  }

  private Future<ScheduleView> view(
      Request request, Site site, SiteForm form, Map<String, String> problems) {
    return frames.of(request, site).map(frame -> new ScheduleView(frame, form, problems));
  }

  private Future<@Nullable Schedule> current(Request request, Site site) {
    return schedules.list(request.principal(), site.id()).map(SchedulePage::ofVisits);
  }

  private static @Nullable Schedule ofVisits(List<Schedule> schedules) {
    for (Schedule one : schedules) if (one.kind() == ScanJob.Kind.VISITS) return one;
    return null;
  }

  private Future<Reply> save(Request request, Site site) {
    SiteForm form = SiteForm.of(request);
    return current(request, site)
        .compose(
            before ->
                Attempt.orAgain(
                    Attempt.of(() -> save(request, site, form, before))
                        .map(done -> Reply.done("/sites/" + site.id() + "/schedule", "Saved.")),
                    refusal -> {
                      String field = refusal.field() == null ? "" : refusal.field();
                      return view(request, site, form, Map.of(field, refusal.sentence()))
                          .map(view -> Reply.again("schedule/page", view));
                    }));
  }

  /** Both parts are checked before the first of them is written. */
  private Future<Void> save(Request request, Site site, SiteForm form, @Nullable Schedule before) {
    SiteDraft draft = form.draft(site);
    ScheduleDraft schedule = form.schedule();
    if (schedule != null) schedule.check(clock);
    return sites
        .update(request.principal(), site.id(), draft)
        .compose(
            done -> {
              int id = site.id();
              if (schedule != null) {
                return schedules
                    .save(request.principal(), id, ScanJob.Kind.VISITS, schedule)
                    .mapEmpty();
              }
              return before == null
                  ? Future.succeededFuture()
                  : schedules.delete(request.principal(), id, ScanJob.Kind.VISITS);
            });
  }

  private Future<Reply> archive(Request request, Site site) {
    return sites
        .archive(request.principal(), site.id())
        .map(done -> Reply.done("/", site.name() + " is archived: it is no longer scanned."));
  }

  private Future<Reply> restore(Request request, Site site) {
    return sites
        .restore(request.principal(), site.id())
        .map(done -> Reply.done("/sites/" + site.id() + "/schedule", site.name() + " is back."));
  }
}
