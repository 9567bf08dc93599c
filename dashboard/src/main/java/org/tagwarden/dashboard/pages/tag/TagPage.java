package org.tagwarden.dashboard.pages.tag;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.governance.AuthorizationBook;
import org.tagwarden.collector.governance.Contacts;
import org.tagwarden.collector.governance.DecisionBook;
import org.tagwarden.collector.governance.DecisionSubject;
import org.tagwarden.collector.governance.TagState;
import org.tagwarden.collector.governance.TagStates;
import org.tagwarden.collector.governance.rules.Authorization;
import org.tagwarden.collector.governance.rules.Authorizations;
import org.tagwarden.collector.governance.rules.Occurrence;
import org.tagwarden.collector.intake.RecognisedVisit;
import org.tagwarden.collector.intake.RecognisedVisits;
import org.tagwarden.collector.site.Site;
import org.tagwarden.collector.vendors.SiteScope;
import org.tagwarden.dashboard.pages.site.SiteFrame;
import org.tagwarden.dashboard.pages.site.SiteFrames;
import org.tagwarden.dashboard.web.Attempt;
import org.tagwarden.dashboard.web.Page;
import org.tagwarden.dashboard.web.Reply;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.SiteMap;

/** A tag: where it runs, who deployed it, what it brought, and the decision about it. */
public final class TagPage implements Page {
  private static final Logger log = LoggerFactory.getLogger(TagPage.class);
  private static final int CURVE_DAYS = 90;

  private final SiteFrames frames;
  private final TagQueries queries;
  private final DecisionBook decisions;
  private final AuthorizationBook authorizations;
  private final RecognisedVisits visits;
  private final TagDecision decision;
  private final Contacts contacts;

  public TagPage(Collector collector) {
    this.frames = new SiteFrames(collector.database());
    this.queries = new TagQueries(collector.database());
    this.decisions = collector.decisions();
    this.authorizations = collector.authorizations();
    this.visits = collector.recognisedVisits();
    this.decision = new TagDecision(collector, queries);
    this.contacts = new Contacts(collector.database());
  }

  @Override
  public void mount(SiteMap map) {
    map.site(
        HttpMethod.GET,
        "/sites/:site/tags/:tag",
        Role.VIEWER,
        (request, site) -> view(request, site, Map.of()).map(view -> Reply.page("tag/page", view)));
    map.site(HttpMethod.POST, "/sites/:site/tags/:tag/decision", Role.REQUESTER, this::decide);
  }

  private Future<Reply> decide(Request request, Site site) {
    return facts(request, site)
        .compose(
            tag ->
                Attempt.orAgain(
                    Attempt.of(() -> decision.take(request, site, tag))
                        .map(
                            resolved ->
                                Reply.done(
                                    "/sites/" + site.id() + "/tags/" + tag.id(),
                                    said(tag, resolved))),
                    refusal ->
                        view(request, site, TagDecision.again(request, refusal))
                            .map(view -> Reply.again("tag/page", view))));
  }

  private static String said(TagView.Facts tag, int resolved) {
    String settled =
        resolved == 0
            ? ""
            : resolved == 1
                ? " One finding is settled."
                : " " + resolved + " findings are settled.";
    return "Your decision about " + tag.product() + " is in the book." + settled;
  }

  private Future<TagView.Facts> facts(Request request, Site site) {
    return authorizations
        .tagStates(site.id())
        .compose(states -> queries.tag(site.id(), request.id("tag"), states))
        .map(
            tag -> {
              if (tag == null)
                throw Refusal.notFound("There is no such tag on " + site.name() + ".");
              return tag;
            });
  }

  /** Each with what is decided about it in particular: by its hash or its address. */
  private static List<TagView.ScriptLine> decided(
      List<TagView.ScriptLine> scripts,
      TagView.Facts tag,
      Authorizations authorizations,
      Instant now) {
    List<TagView.ScriptLine> decided = new ArrayList<>();
    Occurrence whole = new Occurrence(tag.vendor(), tag.key(), null, null);
    Authorization ofTag = authorizations.rule(whole, false, now).deciding();
    for (TagView.ScriptLine script : scripts) {
      Occurrence what = new Occurrence(tag.vendor(), tag.key(), script.url(), script.sha256());
      Authorization by = authorizations.rule(what, false, now).deciding();
      boolean itsOwn = by != null && !by.equals(ofTag);
      if (by == null && tag.state().equals(TagState.PARTLY)) {
        decided.add(script.decided(TagStates.UNDECIDED));
        continue;
      }
      decided.add(itsOwn && by != null ? script.decided(by.verdict().name()) : script);
    }
    return decided;
  }

  /** A tag with what holds on its site. */
  private record Known(TagView.Facts tag, Authorizations authorizations) {}

  private Future<TagView> view(Request request, Site site, Map<String, String> form) {
    LocalDate today = request.now().atZone(ZoneOffset.UTC).toLocalDate();
    return facts(request, site)
        .compose(tag -> decisions.of(site.id()).map(made -> new Known(tag, made.authorizations())))
        .compose(
            known -> {
              Authorizations authorizations = known.authorizations();
              TagView.Facts tag = known.tag();
              Future<Map<String, String>> first =
                  form.isEmpty()
                      ? decision.first(request, site, tag, authorizations)
                      : Future.succeededFuture(form);
              Future<SiteFrame> frame = frames.of(request, site);
              var chain = queries.chain(site.id(), tag.id());
              var pages = queries.pages(site.id(), tag.id());
              var states = queries.states(site.id(), tag.id());
              var scripts = queries.scripts(site.id(), tag.id());
              var findings = queries.findings(site.id(), tag.id());
              var evidence = evidence(site, tag);
              var history = decisions.history(site.id(), DecisionSubject.tag(tag.key()));
              var days = queries.days(site.id(), tag.id(), today.minusDays(CURVE_DAYS - 1L), today);
              var people =
                  request.principal().may(Role.APPROVER, site.clientId())
                      ? contacts.known(request.principal().readable())
                      : Future.succeededFuture(List.<String>of());
              return Future.all(
                      List.of(
                          people, frame, chain, pages, states, scripts, findings, evidence, history,
                          days, first))
                  .map(
                      all -> {
                        List<TagQueries.Day> since =
                            TagCurves.since(days.result(), tag.firstSeen());
                        return new TagView(
                            frame.result(),
                            tag,
                            chain.result(),
                            pages.result(),
                            states.result(),
                            decided(scripts.result(), tag, authorizations, request.now()),
                            findings.result(),
                            seen(evidence.result(), tag),
                            done(evidence.result(), tag),
                            history.result(),
                            TagCurves.requests(since),
                            TagCurves.bytes(since),
                            TagCurves.cost(days.result(), today.minusDays(29)),
                            request.principal().may(Role.REQUESTER, site.clientId()),
                            first.result(),
                            people.result(),
                            authorizations
                                .rule(
                                    new Occurrence(tag.vendor(), tag.key(), null, null),
                                    false,
                                    request.now())
                                .deciding());
                      });
            });
  }

  /** Evidence is an extra: a damaged report leaves its place empty, and a line in the log. */
  private Future<@Nullable RecognisedVisit> evidence(Site site, TagView.Facts tag) {
    SiteScope scope = new SiteScope(site.baseUrl(), site.firstParty());
    return visits
        .newestWithTag(site.id(), tag.id(), scope)
        .<@Nullable RecognisedVisit>map(visit -> visit.orElse(null))
        .recover(
            failure -> {
              log.warn("No evidence for tag {} of site {}", tag.id(), site.id(), failure);
              return Future.succeededFuture(null);
            });
  }

  private static @Nullable TagEvidence seen(@Nullable RecognisedVisit one, TagView.Facts tag) {
    return one == null ? null : TagEvidence.of(one, tag.key());
  }

  private static @Nullable TagDeeds done(@Nullable RecognisedVisit one, TagView.Facts tag) {
    return one == null ? null : TagDeeds.of(one, tag.key());
  }
}
