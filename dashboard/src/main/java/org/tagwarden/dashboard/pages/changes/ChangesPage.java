package org.tagwarden.dashboard.pages.changes;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.changes.ChangeBook;
import org.tagwarden.collector.site.Site;
import org.tagwarden.dashboard.pages.changes.ChangesView.Event;
import org.tagwarden.dashboard.pages.site.SiteFrames;
import org.tagwarden.dashboard.web.Attempt;
import org.tagwarden.dashboard.web.MenuEntry;
import org.tagwarden.dashboard.web.Page;
import org.tagwarden.dashboard.web.Reply;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.SiteMap;

/** What changed on a site, and each change with what stood there before. */
public final class ChangesPage implements Page {
  private final SiteFrames frames;
  private final ChangeQueries queries;
  private final ChangeBook changes;

  public ChangesPage(Collector collector) {
    this.frames = new SiteFrames(collector.database());
    this.queries = new ChangeQueries(collector.database());
    this.changes = collector.changes();
  }

  @Override
  public @Nullable MenuEntry menu() {
    return null; // a site's tab
  }

  @Override
  public void mount(SiteMap map) {
    map.site(HttpMethod.GET, "/sites/:site/changes", Role.VIEWER, this::list);
    map.site(
        HttpMethod.GET,
        "/sites/:site/changes/:change",
        Role.VIEWER,
        (request, site) ->
            view(request, site, request.id("change"), Map.of())
                .map(view -> Reply.page("changes/change", view)));
    map.site(HttpMethod.GET, "/sites/:site/findings/:finding/change", Role.VIEWER, this::ofFinding);
    map.site(HttpMethod.POST, "/sites/:site/changes/:change/accept", Role.APPROVER, this::accept);
  }

  private Future<Reply> list(Request request, Site site) {
    var frame = frames.of(request, site);
    var rows = queries.list(site.id());
    var often = queries.often(site.id());
    var headers = queries.headers(site.id());
    var learning = queries.learning(site.id());
    return Future.all(frame, rows, often, headers, learning)
        .map(
            all -> {
              List<ChangeRow> found = rows.result();
              boolean more = found.size() > ChangeQueries.MOST;
              return Reply.page(
                  "changes/page",
                  new ChangesView(
                      frame.result(),
                      events(more ? found.subList(0, ChangeQueries.MOST) : found),
                      often.result(),
                      headers.result(),
                      learning.result(),
                      more));
            });
  }

  /** What one finding tells of on one visit is one event; its cause is the finding's own line. */
  static List<Event> events(List<ChangeRow> rows) {
    Map<String, List<ChangeRow>> groups = new LinkedHashMap<>();
    for (ChangeRow row : rows) {
      groups.computeIfAbsent(row.group(), group -> new ArrayList<>()).add(row);
    }
    List<Event> events = new ArrayList<>();
    for (List<ChangeRow> group : groups.values()) {
      ChangeRow cause = group.get(group.size() - 1); // written first
      boolean contact = "script-contact".equals(cause.checkId());
      for (ChangeRow row : group) if (row.kind().equals("TAG") && !contact) cause = row;
      List<ChangeRow> others = new ArrayList<>(group);
      others.remove(cause);
      events.add(new Event(cause, others));
    }
    return events;
  }

  /** The newest change that a finding tells of; all of them when the log does not hold it. */
  private Future<Reply> ofFinding(Request request, Site site) {
    return queries
        .ofFinding(site.id(), request.id("finding"))
        .compose(
            id ->
                id == null
                    ? list(request, site)
                    : view(request, site, id, Map.of())
                        .map(view -> Reply.page("changes/change", view)));
  }

  private Future<ChangeView> view(Request request, Site site, long id, Map<String, String> form) {
    return change(site, id)
        .compose(
            row -> {
              var frame = frames.of(request, site);
              Future<Optional<ChangeBook.Texts>> diff =
                  row.readable() && row.afterId() != null
                      ? changes.diff(site.id(), row.beforeId(), row.afterId())
                      : Future.succeededFuture(Optional.empty());
              String subject = row.findingSubject();
              Future<List<ChangeRow>> with =
                  row.checkId() == null || subject == null
                      ? Future.succeededFuture(List.of())
                      : queries.with(site.id(), row, subject);
              Future<List<ChangeView.Accepted>> accepted =
                  row.findingId() == null
                      ? Future.succeededFuture(List.of())
                      : queries.accepted(site.id(), row.findingId());
              return Future.all(frame, diff, accepted, with)
                  .map(
                      all ->
                          new ChangeView(
                              frame.result(),
                              row,
                              diff.result().orElse(null),
                              with.result().stream().filter(one -> one.id() != row.id()).toList(),
                              accepted.result(),
                              form));
            });
  }

  private Future<ChangeRow> change(Site site, long id) {
    return queries
        .one(site.id(), id)
        .map(
            row -> {
              if (row == null) throw Refusal.notFound("There is no such change.");
              return row;
            });
  }

  private Future<Reply> accept(Request request, Site site) {
    String justification = request.text("justification");
    return change(site, request.id("change"))
        .compose(
            row -> {
              Integer finding = row.findingId();
              if (finding == null) throw Refusal.notFound("Nothing is open about this change.");
              return Attempt.orAgain(
                  changes
                      .accept(request.principal(), site.id(), finding, justification)
                      .map(
                          done ->
                              Reply.done(
                                  "/sites/" + site.id() + "/changes",
                                  "Accepted: this is how it should be from now on.")),
                  refusal ->
                      view(
                              request,
                              site,
                              row.id(),
                              Map.of(
                                  "justification",
                                  justification,
                                  "!justification",
                                  refusal.sentence()))
                          .map(view -> Reply.again("changes/change", view)));
            });
  }
}
