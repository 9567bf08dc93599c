package org.tagwarden.dashboard.pages.visit;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.intake.RecognisedVisit;
import org.tagwarden.collector.intake.RecognisedVisits;
import org.tagwarden.collector.intake.StoredVisits;
import org.tagwarden.collector.site.Site;
import org.tagwarden.collector.vendors.SiteScope;
import org.tagwarden.dashboard.evidence.VisitEvidence;
import org.tagwarden.dashboard.pages.site.SiteFrames;
import org.tagwarden.dashboard.web.Page;
import org.tagwarden.dashboard.web.Reply;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.SiteMap;
import org.tagwarden.report.PageVisit;

/** The pages of a site; and a visit of one of them: what was seen, and what happened. */
public final class VisitPage implements Page {
  private static final int SHOWN = 300;
  private static final int LONGEST_SEARCH = 200;

  private final SiteFrames frames;
  private final VisitQueries queries;
  private final StoredVisits visits;
  private final RecognisedVisits recognised;

  public VisitPage(Collector collector) {
    this.frames = new SiteFrames(collector.database());
    this.queries = new VisitQueries(collector.database());
    this.visits = collector.visits();
    this.recognised = collector.recognisedVisits();
  }

  @Override
  public void mount(SiteMap map) {
    map.site(HttpMethod.GET, "/sites/:site/pages", Role.VIEWER, this::list);
    map.site(HttpMethod.GET, "/sites/:site/visits/:visit", Role.VIEWER, this::show);
    map.site(
        HttpMethod.GET, "/sites/:site/visits/:visit/screenshots/:image", Role.VIEWER, this::image);
  }

  private Future<Reply> list(Request request, Site site) {
    String typed = request.text("q");
    String search = typed.substring(0, Math.min(LONGEST_SEARCH, typed.length()));
    var frame = frames.of(request, site);
    var pages = queries.pages(site.id(), search, SHOWN + 1);
    return Future.all(frame, pages)
        .map(
            all -> {
              boolean more = pages.result().size() > SHOWN;
              var shown = more ? pages.result().subList(0, SHOWN) : pages.result();
              return new PagesView(frame.result(), search, shown, more);
            })
        .map(
            view ->
                Reply.page(request.wantsFragment("pages") ? "visit/table" : "visit/pages", view));
  }

  private Future<Reply> show(Request request, Site site) {
    SiteScope scope = new SiteScope(site.baseUrl(), site.firstParty());
    return recognised
        .find(site.id(), request.uuid("visit"), scope)
        .compose(
            found -> {
              if (found.isEmpty()) throw goneOrUnknown();
              return view(request, site, found.get());
            })
        .map(view -> Reply.page("visit/page", view));
  }

  private static Refusal goneOrUnknown() {
    return Refusal.notFound(
        "What this visit saw is not kept here (any more): whole visits are kept for a limited time.");
  }

  private Future<VisitView> view(Request request, Site site, RecognisedVisit one) {
    PageVisit visit = one.visit();
    return queries
        .place(site.id(), visit.startedAt(), visit.visitId())
        .compose(
            place -> {
              if (place == null) throw goneOrUnknown();
              var frame = frames.of(request, site);
              var seen = queries.seen(site.id(), place.pageId());
              var others = queries.visits(site.id(), place.pageId());
              var tagIds = queries.tagIds(site.id());
              String images =
                  "/sites/" + site.id() + "/visits/" + visit.visitId() + "/screenshots/";
              VisitEvidence evidence =
                  VisitEvidence.of(visit, one.recognition(), sha256 -> images + sha256);
              return Future.all(List.of(frame, seen, others, tagIds))
                  .map(
                      all ->
                          new VisitView(
                              frame.result(),
                              visit,
                              place.scanId(),
                              seen.result().payment(),
                              evidence,
                              seen.result().lines(),
                              others.result(),
                              tagIds.result()));
            });
  }

  private Future<Reply> image(Request request, Site site) {
    String sha256 = request.part("image");
    if (!sha256.matches("[0-9a-f]{64}")) throw Refusal.notFound("There is no such image.");
    return visits
        .image(site.id(), request.uuid("visit"), sha256)
        .map(
            image -> {
              if (image.isEmpty()) throw Refusal.notFound("This image is not kept any more.");
              return new Reply.Image(image.get().mimeType(), image.get().file());
            });
  }
}
