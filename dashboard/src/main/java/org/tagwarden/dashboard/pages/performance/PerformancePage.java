package org.tagwarden.dashboard.pages.performance;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.site.Site;
import org.tagwarden.dashboard.pages.performance.PerformanceQueries.LabDay;
import org.tagwarden.dashboard.pages.performance.PerformanceQueries.PartyDay;
import org.tagwarden.dashboard.pages.performance.PerformanceQueries.VisitDay;
import org.tagwarden.dashboard.pages.site.SiteFrames;
import org.tagwarden.dashboard.view.Chart;
import org.tagwarden.dashboard.view.Chart.Series;
import org.tagwarden.dashboard.view.Display;
import org.tagwarden.dashboard.web.Page;
import org.tagwarden.dashboard.web.Reply;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.SiteMap;

/** Timings of visits and of Lighthouse, weight by party, and the cost of each tag. */
public final class PerformancePage implements Page {
  private static final int CURVE_DAYS = 90;

  private final SiteFrames frames;
  private final PerformanceQueries queries;

  public PerformancePage(Collector collector) {
    this.frames = new SiteFrames(collector.database());
    this.queries = new PerformanceQueries(collector.database());
  }

  @Override
  public void mount(SiteMap map) {
    map.site(HttpMethod.GET, "/sites/:site/performance", Role.VIEWER, this::show);
  }

  private Future<Reply> show(Request request, Site site) {
    LocalDate today = request.now().atZone(ZoneOffset.UTC).toLocalDate();
    LocalDate from = today.minusDays(CURVE_DAYS - 1L);
    var frame = frames.of(request, site);
    var visits = queries.visits(site.id(), from);
    var parties = queries.parties(site.id(), from);
    var lab = queries.lab(site.id(), from);
    var costs = queries.costs(site.id(), today.minusDays(29));
    return Future.all(frame, visits, parties, lab, costs)
        .map(
            all ->
                new PerformanceView(
                    frame.result(),
                    newest(lab.result()),
                    timings(visits.result()),
                    parties(
                        parties.result(), PartyDay::ownBytes, PartyDay::thirdBytes, Display::bytes),
                    parties(
                        parties.result(),
                        PartyDay::ownRequests,
                        PartyDay::thirdRequests,
                        Display::number),
                    lab(lab.result()),
                    costs.result(),
                    costs.result().stream()
                        .mapToLong(PerformanceView.TagCost::bytes)
                        .max()
                        .orElse(1)))
        .map(view -> Reply.page("performance/page", view));
  }

  private static PerformanceView.@Nullable Newest newest(List<LabDay> days) {
    if (days.isEmpty()) return null;
    LabDay last = days.get(days.size() - 1);
    return new PerformanceView.Newest(
        last.at(),
        last.score(),
        last.lcp(),
        last.tbt(),
        last.cls(),
        last.ttfb(),
        last.bytes(),
        last.thirdParty());
  }

  private static Chart timings(List<VisitDay> days) {
    return Chart.lines(
        labels(days, VisitDay::day),
        List.of(
            series("Load", "series-0", days, VisitDay::load),
            series("LCP", "series-2", days, VisitDay::lcp),
            series("FCP", "series-1", days, VisitDay::fcp)),
        Display::millis);
  }

  private static Chart parties(
      List<PartyDay> days,
      ToDoubleFunction<PartyDay> own,
      ToDoubleFunction<PartyDay> third,
      Function<Long, String> unit) {
    return Chart.stacked(
        labels(days, PartyDay::day),
        List.of(
            series("First party", "series-1", days, day -> own.applyAsDouble(day) / day.visits()),
            series(
                "Third parties", "series-2", days, day -> third.applyAsDouble(day) / day.visits())),
        value -> unit.apply(Math.round(value)));
  }

  private static PerformanceView.Lab lab(List<LabDay> days) {
    return new PerformanceView.Lab(
        Chart.lines(
            labels(days, LabDay::day),
            List.of(
                series("LCP", "series-2", days, LabDay::lcp),
                series("FCP", "series-1", days, LabDay::fcp)),
            Display::millis),
        single(days, "TBT", "series-3", LabDay::tbt, Display::millis),
        single(days, "CLS", "series-4", LabDay::cls, Display::shift),
        single(days, "TTFB", "series-1", LabDay::ttfb, Display::millis),
        single(days, "Bytes", "series-0", LabDay::bytes, value -> Display.bytes(Math.round(value))),
        single(days, "Third-party main thread", "series-2", LabDay::thirdParty, Display::millis));
  }

  private static Chart single(
      List<LabDay> days,
      String name,
      String tone,
      ToDoubleFunction<LabDay> value,
      DoubleFunction<String> unit) {
    return Chart.lines(labels(days, LabDay::day), List.of(series(name, tone, days, value)), unit);
  }

  private static <T> Series series(
      String name, String tone, List<T> days, ToDoubleFunction<T> value) {
    return new Series(name, tone, days.stream().mapToDouble(value).toArray());
  }

  private static <T> List<String> labels(List<T> days, Function<T, LocalDate> day) {
    return days.stream().map(one -> Display.day(day.apply(one))).toList();
  }
}
