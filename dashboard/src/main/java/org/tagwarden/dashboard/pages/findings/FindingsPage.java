package org.tagwarden.dashboard.pages.findings;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.ClientScope;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.alerts.FindingCare;
import org.tagwarden.collector.site.Site;
import org.tagwarden.dashboard.pages.findings.FindingQueries.Day;
import org.tagwarden.dashboard.pages.site.SiteFrame;
import org.tagwarden.dashboard.pages.site.SiteFrames;
import org.tagwarden.dashboard.view.Chart;
import org.tagwarden.dashboard.view.Chart.Series;
import org.tagwarden.dashboard.view.Display;
import org.tagwarden.dashboard.web.MenuEntry;
import org.tagwarden.dashboard.web.Page;
import org.tagwarden.dashboard.web.Reply;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.SiteMap;

/** Findings of one site or of all, and each of them with its evidence and history. */
public final class FindingsPage implements Page {
  private static final int CURVE_DAYS = 90;

  private final SiteFrames frames;
  private final FindingQueries queries;
  private final FindingCare care;

  public FindingsPage(Collector collector) {
    this.frames = new SiteFrames(collector.database());
    this.queries = new FindingQueries(collector.database());
    this.care = collector.alerts().care();
  }

  @Override
  public MenuEntry menu() {
    return new MenuEntry("Findings", "/findings", Role.VIEWER);
  }

  @Override
  public void mount(SiteMap map) {
    map.person(HttpMethod.GET, "/findings", Role.VIEWER, request -> list(request, null));
    map.site(
        HttpMethod.GET,
        "/sites/:site/findings",
        Role.VIEWER,
        (request, site) -> frames.of(request, site).compose(frame -> list(request, frame)));
    map.site(HttpMethod.GET, "/sites/:site/findings/:finding", Role.VIEWER, this::show);
  }

  private Future<Reply> list(Request request, @Nullable SiteFrame frame) {
    Integer siteId = frame == null ? null : frame.site().id();
    String action = frame == null ? "/findings" : frame.path("/findings");
    FindingFilter filter = FindingFilter.of(request);
    ClientScope scope = request.principal().readable();
    LocalDate after = request.now().atZone(ZoneOffset.UTC).toLocalDate().minusDays(CURVE_DAYS);
    var found = queries.list(scope, siteId, filter, request.now());
    var days = queries.perDay(scope, siteId, after);
    String template =
        request.wantsFragment("findings")
            ? "findings/table"
            : frame == null ? "findings/all" : "findings/site";
    return Future.all(found, days)
        .map(
            all -> {
              List<FindingRow> rows = found.result();
              boolean more = rows.size() > FindingQueries.MOST;
              return new FindingsView(
                  frame,
                  action,
                  filter,
                  CheckTexts.choices(rows.stream().map(FindingRow::checkId).toList()),
                  more ? rows.subList(0, FindingQueries.MOST) : rows,
                  more,
                  !days.result().isEmpty(),
                  curve(days.result()));
            })
        .map(view -> Reply.page(template, view));
  }

  private static Chart curve(List<Day> days) {
    return Chart.stacked(
        days.stream().map(day -> Display.day(day.day())).toList(),
        List.of(
            series("Critical", "series-critical", days, Day::critical),
            series("High", "series-high", days, Day::high),
            series("Medium", "series-medium", days, Day::medium),
            series("Low", "series-low", days, Day::low)),
        value -> Display.number(Math.round(value)));
  }

  private static Series series(
      String name, String tone, List<Day> days, ToDoubleFunction<Day> value) {
    return new Series(name, tone, days.stream().mapToDouble(value).toArray());
  }

  private Future<Reply> show(Request request, Site site) {
    int id = request.id("finding");
    return queries
        .one(request.principal().readable(), site.id(), id, request.now())
        .compose(
            finding -> {
              if (finding == null) throw Refusal.notFound("There is no such finding.");
              var frame = frames.of(request, site);
              var pages = queries.pages(site.id(), id);
              var changes = queries.changes(site.id(), id);
              var cared = care.of(id);
              return Future.all(frame, pages, changes, cared)
                  .map(
                      all ->
                          new FindingView(
                              frame.result(),
                              finding,
                              pages.result(),
                              changes.result(),
                              cared.result()));
            })
        .map(view -> Reply.page("findings/finding", view));
  }
}
