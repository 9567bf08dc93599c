package org.tagwarden.collector.vendors;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.CapturedScript;
import org.tagwarden.report.ConsentPhase;
import org.tagwarden.report.ConsentState;
import org.tagwarden.report.DeviceProfile;
import org.tagwarden.report.Frame;
import org.tagwarden.report.Initiator;
import org.tagwarden.report.Observer;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.ResourceType;
import org.tagwarden.report.SampleReports;
import org.tagwarden.report.ScriptKind;
import org.tagwarden.report.ServedFrom;
import org.tagwarden.report.Sizes;
import org.tagwarden.report.StackFrame;
import org.tagwarden.report.VisitOutcome;

/** A visit of requests that are told by what initiated them, stack frame by stack frame. */
final class Chain {
  static final String PAGE = "https://www.shop.example/";
  private final List<CapturedRequest> requests = new ArrayList<>();
  private final List<CapturedScript> scripts = new ArrayList<>();
  private final Map<String, List<String>> aliases = new HashMap<>();

  Chain() {
    add(PAGE, ResourceType.DOCUMENT, null, initiator(Initiator.Kind.NAVIGATION, null, List.of()));
  }

  /** From here on, requests to that host are to an alias of these. */
  Chain alias(String host, String... names) {
    aliases.put(host, List.of(names));
    return this;
  }

  Chain parsed(String url) {
    return parsedIn(PAGE, url);
  }

  /** An element in that document or style sheet. */
  Chain parsedIn(String document, String url) {
    return add(url, type(url), null, initiator(Initiator.Kind.PARSER, document, List.of()));
  }

  /** An element in a {@code srcdoc} frame of the page. */
  Chain parsedInSrcdoc(String url) {
    Initiator by = initiator(Initiator.Kind.PARSER, "about:srcdoc", List.of());
    return add(url, type(url), null, by, "srcdoc");
  }

  /** A request of a script; frames innermost first, "function@url" or a url. */
  Chain called(String url, String... frames) {
    List<StackFrame> stack = new ArrayList<>();
    for (String frame : frames) stack.add(frame(frame, null));
    return add(url, type(url), null, initiator(Initiator.Kind.SCRIPT, stack.get(0).url(), stack));
  }

  /** A request of an inline script, which {@code createdBy} inserted; null: it stands there. */
  Chain calledInline(String url, @Nullable String createdBy) {
    String hash = "inline-of-" + url;
    scripts.add(
        new CapturedScript(
            scripts.size() + 1,
            ScriptKind.INLINE,
            null,
            PAGE,
            "main",
            createdBy,
            hash,
            null,
            9,
            3));
    List<StackFrame> stack = List.of(frame(PAGE, hash));
    return add(url, type(url), null, initiator(Initiator.Kind.SCRIPT, PAGE, stack));
  }

  /** A hop; it inherits the stack of the request that was redirected first. */
  Chain redirected(String from, String to) {
    Integer before = idOf(from);
    List<StackFrame> stack =
        before == null ? List.of() : requests.get(before - 1).initiator().stack();
    return add(to, type(to), before, initiator(Initiator.Kind.REDIRECT, from, stack));
  }

  /** A request that only the proxy saw: the document is all that is known. */
  Chain unexplained(String url) {
    return add(url, type(url), null, initiator(Initiator.Kind.UNKNOWN, PAGE, List.of()));
  }

  PageVisit build() {
    return new PageVisit(
        new UUID(1, 2),
        PAGE,
        PAGE,
        null,
        SampleReports.START,
        1_000,
        VisitOutcome.COMPLETE,
        ConsentState.NONE,
        DeviceProfile.DESKTOP,
        List.of(
            new Frame("main", null, PAGE, false),
            new Frame("srcdoc", "main", "about:srcdoc", false)),
        requests,
        scripts,
        List.of(),
        List.of(),
        List.of(),
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        null,
        null);
  }

  private static StackFrame frame(String text, @Nullable String hash) {
    int at = text.indexOf('@');
    boolean named = at > 0 && at < text.indexOf(':');
    String function = named ? text.substring(0, at) : "e";
    return new StackFrame(function, named ? text.substring(at + 1) : text, 1, 1, hash, null);
  }

  private Initiator initiator(Initiator.Kind kind, @Nullable String url, List<StackFrame> stack) {
    return new Initiator(kind, url == null ? null : idOf(url), url, null, 1, 1, stack);
  }

  private static ResourceType type(String url) {
    if (url.contains(".js")) return ResourceType.SCRIPT;
    return url.endsWith(".html") ? ResourceType.DOCUMENT : ResourceType.IMAGE;
  }

  private @Nullable Integer idOf(String url) {
    for (CapturedRequest request : requests) if (request.url().equals(url)) return request.id();
    return null;
  }

  private Chain add(String url, ResourceType type, @Nullable Integer hop, Initiator initiator) {
    return add(url, type, hop, initiator, url.endsWith(".html") ? "child" : "main");
  }

  private Chain add(
      String url, ResourceType type, @Nullable Integer hop, Initiator initiator, String frame) {
    requests.add(
        new CapturedRequest(
            requests.size() + 1,
            url,
            "GET",
            type,
            Set.of(Observer.BROWSER),
            requests.size(),
            200,
            null,
            "http/1.1",
            "203.0.113.9",
            null,
            Sizes.NONE,
            null,
            null,
            List.of(),
            List.of(),
            frame,
            null,
            hop,
            ServedFrom.NETWORK,
            ConsentPhase.BEFORE_CHOICE,
            initiator,
            null,
            null,
            aliases.getOrDefault(Hosts.of(url), List.of())));
    return this;
  }
}
