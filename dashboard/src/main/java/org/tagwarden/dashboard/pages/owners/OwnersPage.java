package org.tagwarden.dashboard.pages.owners;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.alerts.bounces.Bounces;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.owners.Duty;
import org.tagwarden.collector.owners.EscalationPath;
import org.tagwarden.collector.owners.EscalationPaths;
import org.tagwarden.collector.owners.OwnerDraft;
import org.tagwarden.collector.owners.Owners;
import org.tagwarden.collector.owners.Ownership;
import org.tagwarden.collector.owners.Rank;
import org.tagwarden.collector.site.Site;
import org.tagwarden.dashboard.pages.site.SiteFrames;
import org.tagwarden.dashboard.web.Attempt;
import org.tagwarden.dashboard.web.Page;
import org.tagwarden.dashboard.web.Reply;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.Rows;
import org.tagwarden.dashboard.web.SiteMap;
import org.tagwarden.dashboard.web.Typed;

/** The owners and deputies of a site and its tags, and its escalation path. */
public final class OwnersPage implements Page {
  private static final String TAGS =
      "SELECT key, product FROM tag WHERE site_id = $1 ORDER BY lower(product), key";

  private final Database database;
  private final Owners owners;
  private final EscalationPaths paths;
  private final Bounces bounces;
  private final SiteFrames frames;

  public OwnersPage(Collector collector) {
    this.database = collector.database();
    this.owners = collector.alerts().owners();
    this.paths = collector.alerts().paths();
    this.bounces = collector.alerts().bounces();
    this.frames = new SiteFrames(collector.database());
  }

  @Override
  public void mount(SiteMap map) {
    map.site(HttpMethod.GET, "/sites/:site/owners", Role.VIEWER, this::show);
    map.site(HttpMethod.POST, "/sites/:site/owners", Role.APPROVER, this::assign);
    map.site(HttpMethod.POST, "/sites/:site/owners/:owner/withdraw", Role.APPROVER, this::withdraw);
    map.site(HttpMethod.POST, "/sites/:site/path", Role.APPROVER, this::setPath);
    map.site(HttpMethod.POST, "/sites/:site/path/remove", Role.APPROVER, this::removePath);
  }

  private Future<Reply> show(Request request, Site site) {
    return view(request, site, Map.of()).map(view -> Reply.page("owners/page", view));
  }

  private Future<OwnersView> view(Request request, Site site, Map<String, String> problems) {
    var frame = frames.of(request, site);
    var named = owners.of(request.principal(), site.id());
    var marked = bounces.list(request.principal());
    var path = paths.holding(request.principal(), site.id());
    var tags =
        Rows.list(
            database,
            TAGS,
            row -> Map.entry(row.getString("key"), row.getString("product")),
            site.id());
    return Future.all(frame, named, path, tags, marked)
        .map(
            all -> {
              Map<String, String> subjects = new LinkedHashMap<>();
              subjects.put("", "The site");
              for (var tag : tags.result()) subjects.put(tag.getKey(), tag.getValue());
              EscalationPaths.Laid held = path.result();
              EscalationPath laid = held == null ? null : held.path();
              Set<String> unreached =
                  marked.result().stream().map(Bounces.Contact::email).collect(Collectors.toSet());
              return new OwnersView(
                  frame.result(),
                  named.result().stream()
                      .map(one -> line(one, subjects, unreached, request))
                      .toList(),
                  subjects,
                  laid,
                  problems.isEmpty() ? PathForm.of(laid) : PathForm.of(request, PathForm.of(laid)),
                  OwnersView.typed(request, named.result(), problems),
                  held == null ? 0 : held.version(),
                  problems);
            });
  }

  private static OwnersView.OwnerLine line(
      Owners.Named named, Map<String, String> subjects, Set<String> unreached, Request request) {
    Ownership one = named.owner();
    LocalDate today = request.now().atZone(ZoneOffset.UTC).toLocalDate();
    return new OwnersView.OwnerLine(
        one.id(),
        subjects.getOrDefault(one.tagKey(), one.tagKey()),
        one.title(),
        one.name(),
        one.email(),
        one.reviewOn(),
        named.reviewMonths(),
        one.reviewOn().isBefore(today),
        unreached.contains(one.email().toLowerCase(Locale.ROOT)));
  }

  private Future<Reply> assign(Request request, Site site) {
    return orAgain(
        request,
        site,
        () ->
            owners.assign(
                request.principal(),
                site.id(),
                new OwnerDraft(
                    request.text("subject"),
                    Typed.choice(Duty.class, request.text("duty"), "duty"),
                    Typed.choice(Rank.class, request.text("rank"), "rank"),
                    request.text("ownerName"),
                    request.text("ownerEmail"),
                    day(request.text("reviewOn")),
                    request.number("reviewMonths", 1, 36, OwnerDraft.A_YEAR)),
                seen(request, "version")),
        "Named.");
  }

  /** The version that the form is based upon; null when it says none. */
  private static @Nullable Integer seen(Request request, String field) {
    int version = request.number(field, 1, Integer.MAX_VALUE, 0);
    return version == 0 ? null : version;
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw Refusal.invalid("reviewOn", "Choose a day.");
    }
  }

  private Future<Reply> withdraw(Request request, Site site) {
    return owners
        .withdraw(request.principal(), site.id(), request.id("owner"), null)
        .map(done -> Reply.done(here(site), "The name is gone."));
  }

  private Future<Reply> setPath(Request request, Site site) {
    return orAgain(
        request,
        site,
        () ->
            paths.set(
                request.principal(),
                PathForm.path(request, site),
                // Another place's path is not the one that was looked at.
                request.ticked("ofClient") == request.text("pathOf").equals("client")
                    ? seen(request, "pathVersion")
                    : null),
        "The path holds from the next finding on.");
  }

  private Future<Reply> removePath(Request request, Site site) {
    @Nullable Integer ofSite = request.ticked("ofClient") ? null : site.id();
    return paths
        .remove(request.principal(), site.clientId(), ofSite, null)
        .map(done -> Reply.done(here(site), "The path is gone."))
        .recover(
            failure ->
                failure instanceof Refusal refusal && refusal.kind() == Refusal.Kind.NOT_FOUND
                    ? Future.succeededFuture(Reply.failed(here(site), refusal.sentence()))
                    : Future.failedFuture(failure));
  }

  private static String here(Site site) {
    return "/sites/" + site.id() + "/owners";
  }

  private Future<Reply> orAgain(
      Request request, Site site, Supplier<Future<?>> deed, String sentence) {
    return Attempt.orAgain(
        Attempt.of(() -> deed.get().mapEmpty()).map(done -> Reply.done(here(site), sentence)),
        refusal -> {
          // What is about no field is said in the form that was sent.
          String whole = request.text("pathZone").isEmpty() ? "" : "steps";
          String field = refusal.field() == null ? whole : refusal.field();
          return view(request, site, Map.of(field, refusal.sentence()))
              .map(view -> Reply.again("owners/page", view));
        });
  }
}
