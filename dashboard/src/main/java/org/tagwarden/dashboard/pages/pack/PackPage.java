package org.tagwarden.dashboard.pages.pack;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.List;
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
    map.site(HttpMethod.POST, PATH + "/scope", Role.APPROVER, this::note);
  }

  private Future<Reply> show(Request request, Site site) {
    return view(request, site, PackForm.usual(request.now()))
        .map(view -> Reply.page("pack/page", view));
  }

  /** A form, since the export is noted in the audit log. */
  private Future<Reply> export(Request request, Site site) {
    String from = request.text("from");
    String to = request.text("to");
    PackForm form = PackForm.usual(request.now()).period(from, to);
    return Attempt.orAgain(
            Attempt.of(() -> packs.make(request.principal(), site.id(), from, to, true))
                .map(Reply.Pack::new),
            refusal -> again(request, site, form, refusal))
        .recover(
            failure ->
                failure instanceof Refusal refusal && refusal.kind() == Refusal.Kind.TOO_MANY
                    ? again(request, site, form, refusal)
                    : Future.failedFuture(failure));
  }

  /** What nobody can see from outside. */
  private Future<Reply> note(Request request, Site site) {
    int after = request.number("after", 0, Integer.MAX_VALUE, 0);
    PackForm form =
        PackForm.usual(request.now())
            .note(request.text("environment"), request.text("payment"), request.text("note"));
    return Attempt.orAgain(
        Attempt.of(() -> packs.notes().write(request.principal(), site.id(), after, form.read()))
            .map(
                done ->
                    Reply.done(
                        "/sites/" + site.id() + "/evidence", "It stands in packs from now on.")),
        refusal -> again(request, site, form, refusal));
  }

  private Future<Reply> again(Request request, Site site, PackForm form, Refusal refusal) {
    return view(request, site, form.wrong(refusal)).map(view -> Reply.again("pack/page", view));
  }

  private Future<PackView> view(Request request, Site site, PackForm form) {
    var frame = frames.of(request, site);
    var note = packs.notes().get(request.principal(), site.id());
    return Future.all(frame, note)
        .map(
            all ->
                new PackView(
                    frame.result(),
                    form.over(note.result().orElse(null)),
                    note.result().orElse(null),
                    packs.fingerprint(),
                    packs.publicKey(),
                    retention));
  }
}
