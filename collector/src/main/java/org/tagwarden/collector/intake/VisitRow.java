package org.tagwarden.collector.intake;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.inventory.SeenAs;
import org.tagwarden.collector.inventory.Sighting;
import org.tagwarden.collector.inventory.Sighting.Load;
import org.tagwarden.collector.settling.LateFiring;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.JourneyRun;
import org.tagwarden.report.PageTimings;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.ReportCodec;
import org.tagwarden.report.VisitOutcome;

/** A visit's figures: the packed row, and what the inventory is told. Pure. */
final class VisitRow {
  private final PreparedVisit prepared;
  private final Dictionaries.Learned numbers;
  private final Map<String, Load> loads = new HashMap<>();
  private Load total = Load.NONE;
  private Load thirdParty = Load.NONE;

  VisitRow(PreparedVisit prepared, Dictionaries.Learned numbers) {
    this.prepared = prepared;
    this.numbers = numbers;
    for (PreparedVisit.Request request : prepared.requests()) {
      long bytes = bytes(request.captured());
      long milliseconds = milliseconds(request.captured());
      total = total.plus(bytes, milliseconds);
      if (request.tagKey() == null) continue;
      thirdParty = thirdParty.plus(bytes, milliseconds);
      Load before = loads.getOrDefault(request.tagKey(), Load.NONE);
      loads.put(request.tagKey(), before.plus(bytes, milliseconds));
    }
  }

  Sighting sighting(int siteId, int pageId) {
    List<Sighting.ScriptSighting> scripts = new ArrayList<>();
    for (PreparedVisit.Script script : prepared.scripts()) {
      scripts.add(
          new Sighting.ScriptSighting(
              numbers.script(script.sha256()),
              script.url() == null ? null : numbers.resource(script.url()),
              script.tagKey(),
              script.kind()));
    }
    PageVisit visit = prepared.visit();
    return new Sighting(
        siteId,
        pageId,
        visit.visitId(),
        visit.startedAt(),
        SeenAs.of(visit, prepared.recognition().tagKeyByRequest()),
        visit.outcome() == VisitOutcome.COMPLETE,
        prepared.recognition().tags(),
        prepared.requests().stream().map(r -> numbers.resource(r.url())).distinct().toList(),
        scripts,
        loads,
        total,
        thirdParty);
  }

  /** The parameters of {@link IntakeQueries#VISIT}. */
  Tuple row(ScannedSite site, int pageId, Map<String, Integer> tagIds, String scanner) {
    PageVisit visit = prepared.visit();
    JourneyRun journey = visit.journey();
    LateFiring late = late(site, visit);
    List<PreparedVisit.Request> requests = prepared.requests();
    PageTimings timings = visit.timings();
    return tuple(
        site.siteId(),
        visit.visitId(),
        site.scanId(),
        pageId,
        SqlTime.of(visit.startedAt()),
        visit.outcome().name(),
        visit.consent().name(),
        visit.device().name(),
        clamp(visit.durationMs()),
        requests.stream().map(r -> numbers.resource(r.url())).toArray(Integer[]::new),
        requests.stream().map(r -> status(r.captured())).toArray(Short[]::new),
        requests.stream().map(r -> clamp(bytes(r.captured()))).toArray(Integer[]::new),
        requests.stream()
            .map(r -> clamp(Math.round(r.captured().startMs())))
            .toArray(Integer[]::new),
        requests.stream().map(r -> clamp(milliseconds(r.captured()))).toArray(Integer[]::new),
        requests.stream()
            .map(r -> r.tagKey() == null ? Integer.valueOf(0) : tagIds.getOrDefault(r.tagKey(), 0))
            .toArray(Integer[]::new),
        total.requests(),
        thirdParty.requests(),
        total.bytes(),
        thirdParty.bytes(),
        timings == null ? null : measured(timings.ttfbMs()),
        timings == null ? null : measured(timings.domContentLoadedMs()),
        timings == null ? null : measured(timings.loadMs()),
        timings == null ? null : measured(timings.firstContentfulPaintMs()),
        timings == null ? null : measured(timings.largestContentfulPaintMs()),
        timings == null ? null : measured(timings.cls()),
        timings == null ? null : measured(timings.blockingMs()),
        new String(ReportCodec.write(visit.problems()), StandardCharsets.UTF_8),
        scanner,
        journey == null ? "" : journey.name(),
        journey == null ? (short) 0 : (short) journey.page(),
        journey != null && journey.paymentPage(),
        visit.choice() != null,
        late == null || late.latestMs().isEmpty() ? null : late.latestMs().getAsInt(),
        late != null && late.wasShort());
  }

  /** Null when nobody noted how long the page was watched. */
  private static @Nullable LateFiring late(ScannedSite site, PageVisit visit) {
    if (site.settleMs() == null) return null;
    return new LateFiring(
        visit,
        site.settleMs(),
        url -> ResourceUrl.isRemote(url) ? ResourceUrl.normalise(url) : null);
  }

  /** The contract writes -1 where there was no such event; the database keeps null. */
  private static @Nullable Float measured(double value) {
    return value < 0 ? null : (float) value;
  }

  private static Short status(CapturedRequest request) {
    Integer status = request.status();
    return status == null ? 0 : (short) Math.max(0, Math.min(999, status));
  }

  private static long bytes(CapturedRequest request) {
    return request.sizes().headerBytes() + request.sizes().wireBytes();
  }

  private static long milliseconds(CapturedRequest request) {
    return request.timing() == null ? 0 : Math.round(request.timing().total());
  }

  private static int clamp(long value) {
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, value));
  }
}
