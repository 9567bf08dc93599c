package org.tagwarden.dashboard.pages.pack;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.ServerConfig.Retention;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.evidence.EvidencePacks;
import org.tagwarden.collector.site.Site;
import org.tagwarden.dashboard.pages.site.SiteFrames;
import org.tagwarden.dashboard.web.Attempt;
import org.tagwarden.dashboard.web.Page;
import org.tagwarden.dashboard.web.Reply;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.SiteMap;

/** An evidence pack of a site and period: for auditors, approvers and admins. */
public final class PackPage implements Page {
  private static final String PATH = "/sites/:site/evidence";
  private static final List<Role> ROLES = List.of(Role.AUDITOR, Role.APPROVER);
  private static final int USUAL_DAYS = 90;

  private final SiteFrames frames;
  private final EvidencePacks packs;
  private final Retention retention;

  public PackPage(Collector collector) {
    this.frames = new SiteFrames(collector.database());
    this.packs = collector.evidence();
    this.retention = collector.config().retention();
  }

  @Override
  public void mount(SiteMap map) {
    map.site(HttpMethod.GET, PATH, ROLES, this::show);
    map.site(HttpMethod.POST, PATH, ROLES, this::export);
  }

  private Future<Reply> show(Request request, Site site) {
    LocalDate today = LocalDate.ofInstant(request.now(), ZoneOffset.UTC);
    LocalDate first = today.minusDays(USUAL_DAYS - 1L);
    return view(request, site, first.toString(), today.toString(), Map.of())
        .map(view -> Reply.page("pack/page", view));
  }

  /** A form, since the export is noted in the audit log. */
  private Future<Reply> export(Request request, Site site) {
    String from = request.text("from");
    String to = request.text("to");
    return Attempt.orAgain(
            Attempt.of(() -> packs.make(request.principal(), site.id(), from, to, true))
                .map(Reply.Pack::new),
            refusal -> again(request, site, refusal))
        .recover(
            failure ->
                failure instanceof Refusal refusal && refusal.kind() == Refusal.Kind.TOO_MANY
                    ? again(request, site, refusal)
                    : Future.failedFuture(failure));
  }

  private Future<Reply> again(Request request, Site site, Refusal refusal) {
    String field = Objects.requireNonNullElse(refusal.field(), "");
    return view(
            request,
            site,
            request.text("from"),
            request.text("to"),
            Map.of(field, refusal.sentence()))
        .map(view -> Reply.again("pack/page", view));
  }

  private Future<PackView> view(
      Request request, Site site, String from, String to, Map<String, String> problems) {
    return frames
        .of(request, site)
        .map(
            frame ->
                new PackView(
                    frame, from, to, packs.fingerprint(), packs.publicKey(), retention, problems));
  }
}
