package org.tagwarden.dashboard.pages.owners;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.owners.Standards;
import org.tagwarden.collector.owners.Standards.Standard;
import org.tagwarden.collector.site.Site;
import org.tagwarden.dashboard.pages.site.SiteFrames;
import org.tagwarden.dashboard.view.Markdown;
import org.tagwarden.dashboard.web.Attempt;
import org.tagwarden.dashboard.web.Page;
import org.tagwarden.dashboard.web.Reply;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.SiteMap;

/** The deployment standard of a site's client: read by all, written by approvers. */
public final class StandardPage implements Page {
  private static final String PATH = "/sites/:site/standard";

  private final Standards standards;
  private final SiteFrames frames;

  public StandardPage(Collector collector) {
    this.standards = collector.alerts().standards();
    this.frames = new SiteFrames(collector.database());
  }

  @Override
  public void mount(SiteMap map) {
    map.site(HttpMethod.GET, PATH, Role.VIEWER, this::show);
    map.site(HttpMethod.POST, PATH, Role.APPROVER, this::write);
  }

  private Future<Reply> show(Request request, Site site) {
    int version = request.number("version", 1, Integer.MAX_VALUE, 0);
    return view(request, site, version == 0 ? null : version, Map.of())
        .map(view -> Reply.page("owners/standard", view));
  }

  private Future<StandardView> view(
      Request request, Site site, @Nullable Integer version, Map<String, String> problems) {
    var frame = frames.of(request, site);
    var versions = standards.versions(request.principal(), site.clientId());
    var standard = standards.get(request.principal(), site.clientId(), version);
    return Future.all(frame, versions, standard)
        .map(
            all -> {
              Standard shown = standard.result();
              if (shown == null && version != null)
                throw Refusal.notFound("There is no such version.");
              String text = shown == null ? "" : shown.text();
              boolean newest =
                  shown == null || shown.version().number() == versions.result().get(0).number();
              return new StandardView(
                  frame.result(),
                  versions.result(),
                  shown == null ? null : shown.version(),
                  Markdown.blocks(text),
                  problems.isEmpty() ? text : request.text("text"),
                  newest,
                  problems);
            });
  }

  private Future<Reply> write(Request request, Site site) {
    int after = request.number("after", 0, Integer.MAX_VALUE, 0);
    return Attempt.orAgain(
        Attempt.of(
                () ->
                    standards.write(
                        request.principal(), site.clientId(), after, request.text("text")))
            .map(
                done ->
                    Reply.done(
                        "/sites/" + site.id() + "/standard",
                        "Version " + (after + 1) + " holds from now on.")),
        refusal ->
            view(request, site, null, Map.of("text", refusal.sentence()))
                .map(view -> Reply.again("owners/standard", view)));
  }
}
