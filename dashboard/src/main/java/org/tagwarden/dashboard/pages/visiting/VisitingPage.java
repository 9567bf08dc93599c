package org.tagwarden.dashboard.pages.visiting;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.site.Site;
import org.tagwarden.collector.site.Sites;
import org.tagwarden.dashboard.pages.site.SiteFrames;
import org.tagwarden.dashboard.web.Attempt;
import org.tagwarden.dashboard.web.Page;
import org.tagwarden.dashboard.web.Reply;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.Rows;
import org.tagwarden.dashboard.web.SiteMap;

/** How a site's pages are visited: one form, for approvers. */
public final class VisitingPage implements Page {
  private static final String SETTLED =
      """
      SELECT settle_ms FROM scan WHERE site_id = $1 AND kind = 'VISITS' AND settle_ms IS NOT NULL
      ORDER BY created_at DESC LIMIT 1
      """;

  private final SiteFrames frames;
  private final Sites sites;
  private final Database database;

  public VisitingPage(Collector collector) {
    this.frames = new SiteFrames(collector.database());
    this.sites = collector.sites();
    this.database = collector.database();
  }

  @Override
  public void mount(SiteMap map) {
    map.site(HttpMethod.GET, "/sites/:site/visiting", Role.VIEWER, this::show);
    map.site(HttpMethod.POST, "/sites/:site/visiting", Role.APPROVER, this::save);
  }

  private Future<Reply> show(Request request, Site site) {
    return view(request, site, VisitingForm.of(site), Map.of())
        .map(view -> Reply.page("visiting/page", view));
  }

  private Future<VisitingView> view(
      Request request, Site site, VisitingForm form, Map<String, String> problems) {
    var frame = frames.of(request, site);
    Future<@Nullable Integer> settled =
        Rows.first(database, SETTLED, row -> row.getInteger("settle_ms"), site.id());
    return Future.all(frame, settled)
        .map(all -> new VisitingView(frame.result(), form, settled.result(), problems));
  }

  private Future<Reply> save(Request request, Site site) {
    VisitingForm form = VisitingForm.of(request);
    return Attempt.orAgain(
        Attempt.of(() -> sites.update(request.principal(), site.id(), form.draft(site)))
            .map(done -> Reply.done("/sites/" + site.id() + "/visiting", "Saved.")),
        refusal -> {
          String field = refusal.field() == null ? "" : refusal.field();
          return view(request, site, form, Map.of(field, refusal.sentence()))
              .map(view -> Reply.again("visiting/page", view));
        });
  }
}
