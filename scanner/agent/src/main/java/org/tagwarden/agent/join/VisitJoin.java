package org.tagwarden.agent.join;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.observe.Observers;
import org.tagwarden.agent.traffic.HangUps;
import org.tagwarden.agent.traffic.TrafficLog;
import org.tagwarden.report.CapturedCookie;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.CapturedScript;
import org.tagwarden.report.ConsentChoice;
import org.tagwarden.report.ScriptBehaviour;
import org.tagwarden.report.StorageWrite;

/**
 * The proxy's and the browser's view of one visit, joined.
 *
 * @param bodies text of scripts by SHA-256
 */
public record VisitJoin(
    List<CapturedRequest> requests,
    List<CapturedScript> scripts,
    List<CapturedCookie> cookies,
    List<ScriptBehaviour> behaviours,
    List<StorageWrite> storage,
    Map<String, String> bodies) {

  /**
   * Joins what was gathered; {@code startNanos} and {@code startEpochMs} are the same moment.
   *
   * @param choice how the consent banner was answered, or null
   */
  public static VisitJoin of(
      TrafficLog traffic,
      Observers seen,
      long startNanos,
      long startEpochMs,
      @Nullable ConsentChoice choice) {
    List<Sighting> sightings =
        new Matching(traffic, startNanos, startEpochMs).match(seen.requests.all());
    BlindSpots blind = new BlindSpots(seen.problems);
    blind.note(sightings, seen.behaviours.calls(), seen.behaviours.deeds());
    blind.note(HangUps.of(traffic));
    Bodies bodies = new Bodies(seen.problems);
    Stacks stacks = new Stacks(seen.scripts, seen.wrappers.wrappers());
    Initiators initiators = new Initiators(stacks, seen.frames, seen.behaviours.calls());
    List<CapturedRequest> requests =
        new RequestRecords(sightings, initiators, bodies, traffic, choice).make();
    Map<String, String> sources = seen.scripts.sources();
    List<CapturedScript> scripts =
        new ScriptRecords(requests, initiators, seen.frames, sources).make(seen.scripts.all());
    sources.forEach(bodies::keep);
    List<CapturedCookie> cookies =
        CookieRecords.make(
            sightings,
            seen.cookies,
            Instant.ofEpochMilli(startEpochMs),
            choice,
            new CookieWriters(stacks, seen.behaviours.deeds()));
    BehaviourRecords done =
        new BehaviourRecords(stacks, startEpochMs, choice)
            .add(seen.behaviours.deeds())
            .addUnattributed(seen.storage.items());
    OfferedProtocols.note(sightings, seen.problems);
    return new VisitJoin(
        requests, scripts, cookies, done.behaviours(), done.storage(), bodies.texts());
  }
}
