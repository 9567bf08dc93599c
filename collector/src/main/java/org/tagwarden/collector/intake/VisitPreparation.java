package org.tagwarden.collector.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.collector.changes.VisitTraitList;
import org.tagwarden.collector.changes.VisitTraits;
import org.tagwarden.collector.changes.text.ScriptText;
import org.tagwarden.collector.checks.CheckCatalog;
import org.tagwarden.collector.checks.Examination;
import org.tagwarden.collector.checks.Visited;
import org.tagwarden.collector.db.Blobs;
import org.tagwarden.collector.governance.SiteDecisions;
import org.tagwarden.collector.governance.TagStates;
import org.tagwarden.collector.vendors.Hosts;
import org.tagwarden.collector.vendors.Recogniser;
import org.tagwarden.collector.vendors.Recognition;
import org.tagwarden.collector.vendors.Tag;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.CapturedScript;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.ReportCodec;
import org.tagwarden.report.ScanReport;
import org.tagwarden.report.ScriptKind;

/**
 * The part of intake that costs CPU: recognise, check, normalise, compress. Runs on worker threads.
 */
final class VisitPreparation {
  private static final Logger LOG = LoggerFactory.getLogger(VisitPreparation.class);
  private static final Recognition NOTHING = new Recognition(List.of(), Map.of());

  private final Recogniser recogniser;
  private final Function<String, @Nullable String> storedBody;

  /**
   * @param storedBody text of a stored script by its SHA-256; may block
   */
  VisitPreparation(Recogniser recogniser, Function<String, @Nullable String> storedBody) {
    this.recogniser = recogniser;
    this.storedBody = storedBody;
  }

  /**
   * @param storedBodies hashes of the visit's scripts whose bodies are stored already
   * @param texts of the visit's scripts, as far as they were read before
   */
  PreparedVisit prepare(
      ScannedSite site,
      ScanReport report,
      PageVisit visit,
      SiteDecisions decisions,
      Set<String> storedBodies,
      Map<String, ScriptText> texts) {
    Recognition recognition =
        PreparedVisit.isResult(visit)
            ? recogniser.recognise(visit, site.scope(), body(report.bodies()))
            : NOTHING;
    Examination examination =
        examine(visit, recognition, decisions, report.bodies(), visit.startedAt());
    List<PreparedVisit.Request> requests = requests(visit, recognition);
    return new PreparedVisit(
        visit,
        withoutFragment(visit.page()),
        recognition,
        requests,
        scripts(visit, recognition, requests, report.bodies(), storedBodies),
        Blobs.pack(ReportCodec.write(alone(report, visit))),
        VisitImages.of(visit, report.images()),
        examination,
        changes(visit, recognition, report.bodies(), texts, decisions),
        decisions.version());
  }

  private PreparedVisit.Changes changes(
      PageVisit visit,
      Recognition recognition,
      Map<String, String> bodies,
      Map<String, ScriptText> known,
      SiteDecisions decisions) {
    Predicate<String> approved = approved(visit, recognition, decisions);
    if (!PreparedVisit.isResult(visit)) {
      return new PreparedVisit.Changes(VisitTraitList.NONE, Map.of(), approved);
    }
    Map<String, ScriptText> read = new HashMap<>();
    Map<String, ScriptText> texts = new HashMap<>(known);
    for (CapturedScript script : visit.scripts()) {
      String sha256 = script.sha256();
      if (script.kind() == ScriptKind.EVALUATED || texts.containsKey(sha256)) continue;
      String body = bodies.get(sha256);
      if (body == null && script.requestId() != null) body = storedBody.apply(sha256);
      if (body == null) continue;
      ScriptText text = ScriptText.of(body);
      read.put(sha256, text);
      texts.put(sha256, text);
    }
    return new PreparedVisit.Changes(
        VisitTraits.of(visit, recognition, texts, bodies), read, approved);
  }

  /** What today's catalogue, checks and decisions say about a stored visit. */
  Examination judgeAgain(
      ScannedSite site, PageVisit visit, SiteDecisions decisions, Instant judgedAt) {
    Recognition recognition =
        PreparedVisit.isResult(visit)
            ? recogniser.recognise(visit, site.scope(), storedBody)
            : NOTHING;
    return examine(visit, recognition, decisions, Map.of(), judgedAt);
  }

  private Examination examine(
      PageVisit visit,
      Recognition recognition,
      SiteDecisions decisions,
      Map<String, String> bodies,
      Instant judgedAt) {
    Examination examination =
        CheckCatalog.examine(
            new Visited(visit, recognition, decisions.authorizations(), body(bodies), judgedAt));
    for (Examination.BrokenCheck broken : examination.problems()) {
      LOG.error(
          "Check {} failed on visit {} of {}; its findings stay as they were",
          broken.check().id(),
          visit.visitId(),
          visit.page(),
          broken.cause());
    }
    return examination;
  }

  /** Whether a tag is approved as such, when the visit saw it or earlier. */
  private static Predicate<String> approved(
      PageVisit visit, Recognition recognition, SiteDecisions decisions) {
    TagStates states = new TagStates(decisions.authorizations(), visit.startedAt());
    Map<String, String> vendors = new HashMap<>();
    for (Tag tag : recognition.tags()) vendors.put(tag.key(), tag.vendor());
    return key -> TagStates.APPROVED.equals(states.of(vendors.getOrDefault(key, ""), key));
  }

  /** What came with the report, else what is stored. */
  private Function<String, @Nullable String> body(Map<String, String> sent) {
    return sha256 -> {
      String text = sent.get(sha256);
      return text != null ? text : storedBody.apply(sha256);
    };
  }

  private static List<PreparedVisit.Request> requests(PageVisit visit, Recognition recognition) {
    List<PreparedVisit.Request> requests = new ArrayList<>();
    for (CapturedRequest request : visit.requests()) {
      if (!ResourceUrl.isRemote(request.url())) continue;
      requests.add(
          new PreparedVisit.Request(
              request,
              ResourceUrl.normalise(request.url()),
              Hosts.of(request.url()),
              recognition.tagKeyByRequest().get(request.id())));
    }
    return requests;
  }

  private static List<PreparedVisit.Script> scripts(
      PageVisit visit,
      Recognition recognition,
      List<PreparedVisit.Request> requests,
      Map<String, String> bodies,
      Set<String> storedBodies) {
    Map<Integer, PreparedVisit.Request> byId = new HashMap<>();
    for (PreparedVisit.Request request : requests) byId.put(request.captured().id(), request);
    Map<String, String> tagByHash = new HashMap<>();
    for (Tag tag : recognition.tags())
      for (String sha256 : tag.scriptHashes()) tagByHash.putIfAbsent(sha256, tag.key());

    Map<String, PreparedVisit.Script> scripts = new LinkedHashMap<>();
    for (CapturedScript script : visit.scripts()) {
      PreparedVisit.Request request = byId.get(script.requestId());
      PreparedVisit.Script known = scripts.get(script.sha256());
      if (known != null && (known.url() != null || request == null)) continue;
      String body = bodies.get(script.sha256());
      // Inline and evaluated text often differs with every load: its hash is kept, its text is not.
      boolean keepBody = body != null && request != null && !storedBodies.contains(script.sha256());
      scripts.put(
          script.sha256(),
          new PreparedVisit.Script(
              script.sha256(),
              script.length(),
              script.kind().name(),
              request == null ? null : request.url(),
              request != null && request.tagKey() != null
                  ? request.tagKey()
                  : tagByHash.get(script.sha256()),
              keepBody ? Blobs.pack(body) : null));
    }
    return List.copyOf(scripts.values());
  }

  private static ScanReport alone(ScanReport report, PageVisit visit) {
    return ScanReport.of(
        report.scanId(), report.jobId(), report.scanner(), List.of(visit), Map.of());
  }

  private static String withoutFragment(String url) {
    int hash = url.indexOf('#');
    return hash < 0 ? url : url.substring(0, hash);
  }
}
