package org.tagwarden.agent.join;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.observe.FrameObserver;
import org.tagwarden.agent.observe.ParsedScript;
import org.tagwarden.agent.traffic.Hygiene;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.CapturedScript;
import org.tagwarden.report.Initiator;
import org.tagwarden.report.ResourceType;
import org.tagwarden.report.ScriptKind;

/** Every script that ran, and those that were served as one and never did. */
final class ScriptRecords {
  private final List<CapturedRequest> requests;
  private final Initiators initiators;
  private final FrameObserver frames;
  private final Map<String, String> sources;
  private final Map<String, List<CapturedRequest>> byUrl = new HashMap<>();
  private final Set<Integer> ran = new HashSet<>();
  private final List<CapturedScript> scripts = new ArrayList<>();

  ScriptRecords(
      List<CapturedRequest> requests,
      Initiators initiators,
      FrameObserver frames,
      Map<String, String> sources) {
    this.requests = requests;
    this.initiators = initiators;
    this.frames = frames;
    this.sources = sources;
    for (CapturedRequest request : requests)
      byUrl
          .computeIfAbsent(Place.withoutFragment(request.url()), u -> new ArrayList<>())
          .add(request);
  }

  List<CapturedScript> make(List<ParsedScript> parsed) {
    for (ParsedScript script : parsed) if (!script.sha256().isEmpty()) add(script);
    for (CapturedRequest request : requests) {
      boolean script =
          request.type() == ResourceType.SCRIPT || request.type() == ResourceType.WORKER;
      if (script
          && request.bodySha256() != null
          && !ran.contains(request.id())
          && !isEarlierCopy(request)) served(request, request.bodySha256());
    }
    return scripts;
  }

  private void add(ParsedScript script) {
    CapturedRequest request = broughtBy(script);
    if (request != null) ran.add(request.id());
    ScriptKind kind = kind(script, request);
    String sha256 =
        request != null && request.bodySha256() != null ? request.bodySha256() : script.sha256();
    String maker =
        request != null ? inserter(request) : initiators.makerOf(script.target(), script.stack());
    scripts.add(
        new CapturedScript(
            scripts.size() + 1,
            kind,
            request == null ? null : request.id(),
            url(script, maker),
            script.frameId(),
            maker,
            sha256,
            request != null && request.bodySha384() != null ? request.bodySha384() : sha384(sha256),
            script.length(),
            kind == ScriptKind.INLINE ? script.line() + 1 : 0));
  }

  private ScriptKind kind(ParsedScript script, @Nullable CapturedRequest request) {
    if (request != null)
      return script.target().isWorker()
          ? ScriptKind.WORKER
          : script.module() ? ScriptKind.MODULE : ScriptKind.EXTERNAL;
    boolean inDocument = isDocument(script);
    if (script.madeByScript() || !inDocument)
      return script.target().isWorker() && script.url().startsWith("blob:")
          ? ScriptKind.WORKER
          : ScriptKind.EVALUATED;
    return ScriptKind.INLINE;
  }

  private boolean isDocument(ParsedScript script) {
    String url = script.embedder().isEmpty() ? script.url() : script.embedder();
    String frame = frames.urlOf(script.frameId());
    if (frame != null && Place.withoutFragment(frame).equals(Place.withoutFragment(url)))
      return true;
    return byUrl.getOrDefault(Place.withoutFragment(url), List.of()).stream()
        .anyMatch(r -> r.type() == ResourceType.DOCUMENT);
  }

  private @Nullable CapturedRequest broughtBy(ParsedScript script) {
    String url =
        script.namedByItself() && !script.embedder().isEmpty() ? script.embedder() : script.url();
    CapturedRequest found = null;
    for (CapturedRequest request : byUrl.getOrDefault(Place.withoutFragment(url), List.of())) {
      if (request.type() == ResourceType.DOCUMENT || request.type() == ResourceType.PREFLIGHT)
        continue;
      boolean same = script.sha256().equals(request.bodySha256());
      if (found == null || (same && !script.sha256().equals(found.bodySha256()))) found = request;
      if (same && !ran.contains(request.id())) return request;
    }
    return found;
  }

  /** A script that stands in the document has no maker; one that a script asked for has. */
  private @Nullable String inserter(CapturedRequest request) {
    CapturedRequest first = request;
    while (first.redirectedFrom() != null) first = requests.get(first.redirectedFrom() - 1);
    return first.initiator().kind() == Initiator.Kind.SCRIPT ? first.initiator().url() : null;
  }

  /** Evaluated text has no URL of its own: its maker's, its embedder's or its document's. */
  private String url(ParsedScript script, @Nullable String maker) {
    if (!script.url().isEmpty()) return script.url();
    if (maker != null) return maker;
    if (!script.embedder().isEmpty()) return script.embedder();
    String frame = frames.urlOf(script.frameId());
    return frame != null ? frame : script.target().url();
  }

  private @Nullable String sha384(String sha256) {
    String text = sources.get(sha256);
    return text == null ? null : Hygiene.hex("SHA-384", text.getBytes(StandardCharsets.UTF_8));
  }

  /** A preload that the script itself then took from the cache is no script of its own. */
  private boolean isEarlierCopy(CapturedRequest request) {
    return byUrl.getOrDefault(Place.withoutFragment(request.url()), List.of()).stream()
        .anyMatch(r -> ran.contains(r.id()));
  }

  private void served(CapturedRequest request, String sha256) {
    scripts.add(
        new CapturedScript(
            scripts.size() + 1,
            request.type() == ResourceType.WORKER ? ScriptKind.WORKER : ScriptKind.NOT_RUN,
            request.id(),
            request.url(),
            request.frameId(),
            inserter(request),
            sha256,
            request.bodySha384(),
            request.sizes().decodedBytes(),
            0));
  }
}
