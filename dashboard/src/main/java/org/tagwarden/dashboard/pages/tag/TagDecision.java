package org.tagwarden.dashboard.pages.tag;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.governance.AuthorizationBook;
import org.tagwarden.collector.governance.AuthorizationOrder;
import org.tagwarden.collector.governance.Decider;
import org.tagwarden.collector.governance.DecisionBook;
import org.tagwarden.collector.governance.DecisionOrder;
import org.tagwarden.collector.governance.DecisionState;
import org.tagwarden.collector.governance.DecisionSubject;
import org.tagwarden.collector.governance.rules.Authorization;
import org.tagwarden.collector.governance.rules.AuthorizationDraft;
import org.tagwarden.collector.governance.rules.Authorizations;
import org.tagwarden.collector.governance.rules.Occurrence;
import org.tagwarden.collector.governance.rules.Scope;
import org.tagwarden.collector.governance.rules.Subject;
import org.tagwarden.collector.governance.rules.Verdict;
import org.tagwarden.collector.intake.TagObservation;
import org.tagwarden.collector.intake.TagObservations;
import org.tagwarden.collector.site.Site;
import org.tagwarden.collector.vendors.SiteScope;
import org.tagwarden.dashboard.pages.authorizations.AuthorizationForm;
import org.tagwarden.dashboard.view.Display;
import org.tagwarden.dashboard.web.Request;

/** The decision on a tag's page: what its form says, and what it is filled with. */
final class TagDecision {
  /** Key of the form's values under which it says where they come from. */
  static final String FILLED = "~filled";

  private final AuthorizationBook book;
  private final DecisionBook decisions;
  private final TagObservations observations;
  private final TagQueries queries;

  TagDecision(Collector collector, TagQueries queries) {
    this.book = collector.authorizations();
    this.decisions = collector.decisions();
    this.observations = collector.observations();
    this.queries = queries;
  }

  /** Takes what was sent down; answers how many findings it settled. */
  Future<Integer> take(Request request, Site site, TagView.Facts tag) {
    DecisionState state = state(request.text("state"));
    boolean decides = request.principal().may(Role.APPROVER, site.clientId());
    if (!decides) {
      if (state != DecisionState.PENDING) {
        request.principal().require(Role.APPROVER, site.clientId());
      }
      return ask(request, site, tag);
    }
    return subject(request, site, tag)
        .compose(
            subject ->
                request.text("version").isEmpty()
                    ? plain(request, site, subject, state)
                    : within(request, site, tag, subject, state));
  }

  private static DecisionState state(String text) {
    for (DecisionState state : DecisionState.values()) if (state.name().equals(text)) return state;
    throw Refusal.invalid("state", "Choose approve, refuse or pending.");
  }

  private Future<DecisionSubject> subject(Request request, Site site, TagView.Facts tag) {
    String script = request.text("script");
    if (script.isEmpty()) return Future.succeededFuture(DecisionSubject.tag(tag.key()));
    if (!script.matches("[0-9a-f]{64}"))
      throw Refusal.invalid("script", "Choose the tag or one of its scripts.");
    return queries
        .hasScript(site.id(), tag.id(), script)
        .map(
            has -> {
              if (!has) throw Refusal.invalid("script", "This tag has no such script (any more).");
              return DecisionSubject.script(script);
            });
  }

  /** Asking takes back no answer that was given. */
  private Future<Integer> ask(Request request, Site site, TagView.Facts tag) {
    return decisions
        .of(site.id())
        .compose(
            made -> {
              Occurrence what = new Occurrence(tag.vendor(), tag.key(), null, null);
              Authorization by = made.authorizations().rule(what, false, request.now()).deciding();
              if (by != null && by.verdict() != Verdict.PENDING) {
                throw Refusal.of(
                    Refusal.Kind.CONFLICT,
                    by.approval().by()
                        + (by.verdict() == Verdict.APPROVED ? " approved" : " refused")
                        + " it already. If that is to change, ask under Requests, with the reason.");
              }
              return plain(request, site, DecisionSubject.tag(tag.key()), DecisionState.PENDING);
            });
  }

  /** The answer alone: limits, owners and dates stay as they are. */
  private Future<Integer> plain(
      Request request, Site site, DecisionSubject subject, DecisionState state) {
    DecisionOrder order =
        new DecisionOrder(
            site.id(),
            subject,
            state,
            request.text("justification"),
            request.person().personId(),
            request.principal().name());
    return decisions
        .decide(order, request.principal().origin())
        .map(decided -> decided.resolvedFindings());
  }

  /** The whole form. */
  private Future<Integer> within(
      Request request, Site site, TagView.Facts tag, DecisionSubject about, DecisionState state) {
    Subject subject =
        about.scriptSha256() == null
            ? Subject.ofTag(tag.key())
            : Subject.script(about.scriptSha256());
    Map<String, String> values = new HashMap<>(AuthorizationForm.of(request).values());
    values.put("pages", "all");
    values.put("kind", subject.kind().word());
    values.put("subject", subject.value());
    values.put("verdict", Verdict.valueOf(state.name()).word());
    AuthorizationForm form = new AuthorizationForm(values);
    Integer seen = about.scriptSha256() == null ? form.version() : null;
    AuthorizationDraft draft = form.draft(site.clientId(), site.id());
    return book.save(new AuthorizationOrder(draft, seen), Decider.of(request.principal()))
        .map(saved -> saved.resolvedFindings());
  }

  /** The form as it was sent, with what is wrong. */
  static Map<String, String> again(Request request, Refusal refusal) {
    Map<String, String> form = new HashMap<>(AuthorizationForm.of(request).values());
    for (String field : new String[] {"state", "script"}) form.put(field, request.text(field));
    form.put("!" + (refusal.field() == null ? "" : refusal.field()), refusal.sentence());
    return form;
  }

  /** What the form begins with: the authorization as it stands, or what was seen. */
  Future<Map<String, String>> first(
      Request request, Site site, TagView.Facts tag, Authorizations authorizations) {
    Map<String, String> form = new HashMap<>();
    Authorization held = held(site, tag, authorizations);
    if (held != null) {
      form.putAll(AuthorizationForm.of(AuthorizationDraft.of(held), held.version()).values());
      form.remove("justification"); // each decision is justified anew
    }
    form.put("version", held == null ? "0" : String.valueOf(held.version()));
    if (request.text("seen").isEmpty()) return Future.succeededFuture(form);
    SiteScope scope = new SiteScope(site.baseUrl(), site.firstParty());
    return observations
        .of(site.id(), scope, tag.id(), tag.key())
        .map(
            seen -> {
              form.put("state", DecisionState.APPROVED.name());
              form.putAll(AuthorizationForm.of(seen.envelope()));
              form.put(FILLED, said(seen));
              return form;
            });
  }

  private static @Nullable Authorization held(
      Site site, TagView.Facts tag, Authorizations authorizations) {
    Scope scope = Scope.site(site.clientId(), site.id());
    for (Authorization one : authorizations.all()) {
      if (one.scope().equals(scope) && one.subject().equals(Subject.ofTag(tag.key()))) return one;
    }
    return null;
  }

  private static String said(TagObservation seen) {
    if (seen.visits() == 0) {
      return "No visit that shows this tag is kept: there is nothing to fill in.";
    }
    return "Filled in from "
        + Display.count(seen.visits(), "visit", "visits")
        + " from "
        + Display.date(seen.first())
        + " to "
        + Display.date(seen.last())
        + ". Nothing is saved yet: look it over, then save it with a justification.";
  }
}
