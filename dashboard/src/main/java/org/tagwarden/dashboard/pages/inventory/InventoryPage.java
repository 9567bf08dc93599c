package org.tagwarden.dashboard.pages.inventory;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.governance.AuthorizationBook;
import org.tagwarden.collector.governance.Decider;
import org.tagwarden.collector.governance.DecisionBook;
import org.tagwarden.collector.governance.DecisionState;
import org.tagwarden.collector.governance.DecisionSubject;
import org.tagwarden.collector.governance.Saved;
import org.tagwarden.collector.governance.TagStates;
import org.tagwarden.collector.site.Site;
import org.tagwarden.collector.vendors.Category;
import org.tagwarden.dashboard.pages.inventory.InventoryQueries.Day;
import org.tagwarden.dashboard.pages.inventory.InventoryQueries.Inventory;
import org.tagwarden.dashboard.pages.site.SiteFrame;
import org.tagwarden.dashboard.pages.site.SiteFrames;
import org.tagwarden.dashboard.view.Chart;
import org.tagwarden.dashboard.view.Chart.Series;
import org.tagwarden.dashboard.view.Display;
import org.tagwarden.dashboard.web.Attempt;
import org.tagwarden.dashboard.web.Page;
import org.tagwarden.dashboard.web.Reply;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.SiteMap;
import org.tagwarden.dashboard.web.Typed;

/** The inventory: filter, search and order by the URL; as a page, as its table alone, as CSV. */
public final class InventoryPage implements Page {
  private static final int CURVE_DAYS = 90;

  private final SiteFrames frames;
  private final InventoryQueries queries;
  private final AuthorizationBook authorizations;
  private final DecisionBook decisions;

  public InventoryPage(Collector collector) {
    this.frames = new SiteFrames(collector.database());
    this.queries = new InventoryQueries(collector.database());
    this.authorizations = collector.authorizations();
    this.decisions = collector.decisions();
  }

  @Override
  public void mount(SiteMap map) {
    map.site(
        HttpMethod.GET,
        "/sites/:site",
        Role.VIEWER,
        (request, site) -> Future.succeededFuture(Reply.to("/sites/" + site.id() + "/tags")));
    map.site(HttpMethod.GET, "/sites/:site/tags", Role.VIEWER, this::show);
    map.site(HttpMethod.GET, "/sites/:site/tags.csv", Role.VIEWER, this::download);
    map.site(HttpMethod.POST, "/sites/:site/decisions", Role.APPROVER, this::decide);
  }

  private Future<Reply> show(Request request, Site site) {
    String template = request.wantsFragment("tags") ? "inventory/table" : "inventory/page";
    return view(request, site).map(view -> Reply.page(template, view));
  }

  private Future<Reply> download(Request request, Site site) {
    return view(request, site)
        .map(
            view ->
                new Reply.Download(
                    "tags-site-" + site.id() + ".csv",
                    "text/csv; charset=utf-8",
                    InventoryCsv.of(view.shown())));
  }

  /** One answer about the tags that are ticked. */
  private Future<Reply> decide(Request request, Site site) {
    String back = "/sites/" + site.id() + "/tags" + back(request.text("back"));
    return Attempt.orAgain(
        Attempt.of(
            () ->
                queries
                    .keys(site.id(), request.all("tag"))
                    .compose(
                        keys ->
                            decisions
                                .decide(
                                    site.id(),
                                    keys.stream().map(DecisionSubject::tag).toList(),
                                    Typed.choice(
                                        DecisionState.class, request.text("decision"), "decision"),
                                    request.text("justification"),
                                    Decider.of(request.principal()),
                                    seen(request))
                                .map(saved -> Reply.done(back, said(saved))))),
        refusal -> Future.succeededFuture(Reply.failed(back, refusal.sentence())));
  }

  /** The decisions that the page showed; null when the form does not say. */
  private static @Nullable Integer seen(Request request) {
    String text = request.text("seen");
    return text.matches("\\d{1,9}") ? Integer.valueOf(text) : null;
  }

  private static String said(Saved saved) {
    String decided = Display.count(saved.changeIds().size(), "decision is", "decisions are");
    String settled =
        saved.resolvedFindings() == 0 ? "" : " Findings settled: " + saved.resolvedFindings() + ".";
    return decided + " in the book." + settled;
  }

  /** The filter to go back to; only ever a query of this page. */
  private static String back(String query) {
    return query.startsWith("?") ? query : "";
  }

  private Future<InventoryView> view(Request request, Site site) {
    LocalDate today = request.now().atZone(ZoneOffset.UTC).toLocalDate();
    InventoryFilter filter = InventoryFilter.of(request);
    Future<SiteFrame> frame = frames.of(request, site);
    Future<TagStates> states = authorizations.tagStates(site.id());
    Future<Inventory> inventory = queries.inventory(site.id(), today, CURVE_DAYS, states);
    return Future.all(frame, inventory, states)
        .map(all -> view(frame.result(), filter, inventory.result(), states.result().version()));
  }

  private static InventoryView view(
      SiteFrame frame, InventoryFilter filter, Inventory inventory, int version) {
    List<TagRow> tags = inventory.tags();
    List<Day> days = inventory.days();
    List<TagRow> shown = tags.stream().filter(filter::accepts).sorted(filter.order()).toList();
    return new InventoryView(
        frame,
        filter,
        shown,
        !tags.isEmpty(),
        totals(tags, days),
        categories(tags),
        sprawl(days),
        load(days),
        version);
  }

  private static InventoryView.Totals totals(List<TagRow> tags, List<Day> days) {
    List<TagRow> now = tags.stream().filter(tag -> !tag.gone()).toList();
    Day last = days.isEmpty() ? null : days.get(days.size() - 1);
    int visits = last == null ? 1 : Math.max(1, last.visits());
    return new InventoryView.Totals(
        now.size(),
        (int) now.stream().map(TagRow::vendor).distinct().count(),
        (int) now.stream().filter(TagRow::notApproved).count(),
        (int) now.stream().filter(tag -> !tag.known()).count(),
        last == null ? 0 : last.thirdPartyRequests() / visits,
        last == null ? 0 : last.thirdPartyBytes() / visits);
  }

  private static Map<String, String> categories(List<TagRow> tags) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("", "All categories");
    for (Category category : Category.values()) {
      if (tags.stream().anyMatch(tag -> tag.category().equals(category.name()))) {
        labels.put(category.name(), category.label());
      }
    }
    return labels;
  }

  private static Chart sprawl(List<Day> days) {
    return Chart.lines(
        labels(days),
        List.of(
            new Series("Tags", "series-0", values(days, Day::tags)),
            new Series("Vendors", "series-1", values(days, Day::vendors))),
        value -> Display.number(Math.round(value)));
  }

  private static Chart load(List<Day> days) {
    return Chart.lines(
        labels(days),
        List.of(
            new Series(
                "Third-party bytes a page",
                "series-2",
                values(days, day -> (double) day.thirdPartyBytes() / Math.max(1, day.visits())))),
        value -> Display.bytes(Math.round(value)));
  }

  private static List<String> labels(List<Day> days) {
    return days.stream().map(day -> Display.day(day.day())).toList();
  }

  private static double[] values(List<Day> days, ToDoubleFunction<Day> value) {
    return days.stream().mapToDouble(value).toArray();
  }
}
