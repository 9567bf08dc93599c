package org.tagwarden.agent.join;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.browser.Target;
import org.tagwarden.agent.observe.BrowserRequest;
import org.tagwarden.agent.traffic.Exchange;
import org.tagwarden.agent.traffic.Hygiene;
import org.tagwarden.agent.traffic.ScriptBody;
import org.tagwarden.agent.traffic.TrafficLog;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.ConsentChoice;
import org.tagwarden.report.ConsentPhase;
import org.tagwarden.report.Failure;
import org.tagwarden.report.Header;
import org.tagwarden.report.Initiator;
import org.tagwarden.report.ResourceType;
import org.tagwarden.report.ServedFrom;
import org.tagwarden.report.Sizes;
import org.tagwarden.report.Tls;

/** Makes the contract's record of each request out of its sightings. */
final class RequestRecords {
  private static final int LONGEST_DATA_URL = 200;

  private final List<Sighting> sightings;
  private final Initiators initiators;
  private final Bodies bodies;
  private final TrafficLog traffic;
  private final @Nullable ConsentChoice choice;
  private final List<ResourceType> types = new ArrayList<>();
  private final Map<String, Integer> redirectTargets = new HashMap<>();

  RequestRecords(
      List<Sighting> sightings,
      Initiators initiators,
      Bodies bodies,
      TrafficLog traffic,
      @Nullable ConsentChoice choice) {
    this.sightings = sightings;
    this.initiators = initiators;
    this.bodies = bodies;
    this.traffic = traffic;
    this.choice = choice;
  }

  /** Ids count from 1 in the order of the sightings. */
  List<CapturedRequest> make() {
    Set<String> workerUrls = new HashSet<>();
    for (Sighting seen : sightings)
      if (seen.browser() != null && seen.browser().target.isWorker())
        workerUrls.add(seen.browser().target.url());
    for (int i = 0; i < sightings.size(); i++) {
      ResourceType type = Types.of(sightings.get(i), workerUrls);
      types.add(type);
      initiators.register(i + 1, sightings.get(i), type);
    }
    List<CapturedRequest> records = new ArrayList<>();
    for (int i = 0; i < sightings.size(); i++) {
      records.add(record(i + 1, sightings.get(i), types.get(i)));
      noteRedirect(i + 1, sightings.get(i));
    }
    return records;
  }

  private CapturedRequest record(int id, Sighting seen, ResourceType type) {
    Exchange exchange = seen.exchange();
    BrowserRequest browser = seen.browser();
    ScriptBody body = bodies.of(exchange);
    if (body != null && (type == ResourceType.SCRIPT || type == ResourceType.WORKER))
      bodies.keep(body);
    Integer redirectedFrom = redirectedFrom(id, seen);
    return new CapturedRequest(
        id,
        Place.withoutCredentials(shortened(seen.url())),
        seen.method(),
        type,
        seen.seenBy(),
        Math.round(seen.startMs() * 10) / 10.0,
        seen.status(),
        Failures.of(seen),
        exchange != null ? exchange.protocol() : seen.tunnelled() ? "ws" : null,
        exchange == null ? null : exchange.remoteAddress(),
        tls(seen),
        sizes(seen, body),
        exchange == null ? null : exchange.timing(),
        mimeType(seen),
        exchange != null ? exchange.requestHeaders() : browserHeaders(browser, true),
        exchange != null ? exchange.responseHeaders() : browserHeaders(browser, false),
        frameId(browser),
        worker(browser),
        redirectedFrom,
        servedFrom(seen),
        phase(choice, seen.startMs()),
        initiator(id, seen, type, redirectedFrom),
        body == null ? null : body.sha256(),
        body == null ? null : body.sha384(),
        aliases(seen));
  }

  private List<String> aliases(Sighting seen) {
    Failure failure = Failures.of(seen);
    boolean lost = failure != null && failure.code() == Failure.Code.DNS;
    Place place = seen.exchange() == null && !lost ? null : Place.of(seen.url());
    return place == null ? List.of() : traffic.aliasesOf(place.host());
  }

  /** By its start; without a choice everything came before it. */
  static ConsentPhase phase(@Nullable ConsentChoice choice, double startMs) {
    return choice != null && startMs >= choice.atMs()
        ? ConsentPhase.AFTER_CHOICE
        : ConsentPhase.BEFORE_CHOICE;
  }

  private Initiator initiator(
      int id, Sighting seen, ResourceType type, @Nullable Integer redirectedFrom) {
    if (seen.browser() != null) return initiators.of(id, seen, seen.browser());
    if (redirectedFrom == null) return initiators.unseen(id, seen, type);
    String from = sightings.get(redirectedFrom - 1).url();
    return new Initiator(Initiator.Kind.REDIRECT, redirectedFrom, from, null, 0, 0, List.of());
  }

  private @Nullable Integer redirectedFrom(int id, Sighting seen) {
    if (seen.browser() != null) return initiators.idOf(seen.browser().redirectedFrom);
    Integer from = redirectTargets.get(Place.withoutFragment(seen.url()));
    return from != null && from < id ? from : null;
  }

  /** Redirects of requests that the browser did not tell of are followed by their Location. */
  private void noteRedirect(int id, Sighting seen) {
    Integer status = seen.status();
    String location = seen.responseHeader("Location");
    if (status == null || status < 300 || status > 399 || location == null) return;
    try {
      String target = URI.create(seen.url()).resolve(location).toString();
      redirectTargets.put(Place.withoutFragment(target), id);
    } catch (IllegalArgumentException e) {
      // No browser follows such a Location either.
    }
  }

  private @Nullable Tls tls(Sighting seen) {
    if (seen.exchange() != null) return seen.exchange().tls();
    if (seen.connectFailure() != null) return seen.connectFailure().tls();
    return null;
  }

  private static Sizes sizes(Sighting seen, @Nullable ScriptBody body) {
    Exchange exchange = seen.exchange();
    BrowserRequest browser = seen.browser();
    long decoded = browser == null ? 0 : browser.decodedBytes;
    if (body != null) decoded = body.decodedBytes();
    if (exchange == null) return new Sizes(0, 0, 0, decoded);
    if (decoded == 0 && exchange.header("Content-Encoding") == null)
      decoded = exchange.sizes(0).wireBytes();
    return exchange.sizes(decoded);
  }

  private static @Nullable String mimeType(Sighting seen) {
    String type = seen.responseHeader("Content-Type");
    if (type == null) return seen.browser() == null ? null : seen.browser().mimeType;
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip();
  }

  private static List<Header> browserHeaders(@Nullable BrowserRequest browser, boolean request) {
    if (browser == null) return List.of();
    return Hygiene.clean(request ? browser.requestHeaders : browser.responseHeaders);
  }

  private static @Nullable String frameId(@Nullable BrowserRequest browser) {
    if (browser == null) return null;
    if (browser.frameId != null) return browser.frameId;
    return browser.target.type() == Target.Type.WORKER ? parentFrame(browser.target) : null;
  }

  /** A worker's main script is told in its own session, and asked for by whoever made it. */
  private static @Nullable String worker(@Nullable BrowserRequest browser) {
    if (browser == null || !browser.target.isWorker()) return null;
    return browser.target.url().equals(browser.url) ? null : browser.target.url();
  }

  private static @Nullable String parentFrame(Target worker) {
    Target parent = worker.parent();
    return parent == null ? null : parent.hasFrames() ? parent.targetId() : parentFrame(parent);
  }

  private static ServedFrom servedFrom(Sighting seen) {
    BrowserRequest browser = seen.browser();
    if (seen.exchange() != null || browser == null) return ServedFrom.NETWORK;
    if (browser.url.startsWith("data:") || browser.url.startsWith("blob:"))
      return ServedFrom.BROWSER;
    if (browser.fromServiceWorker) return ServedFrom.SERVICE_WORKER;
    return browser.fromCache ? ServedFrom.CACHE : ServedFrom.NETWORK;
  }

  private static String shortened(String url) {
    return url.startsWith("data:") && url.length() > LONGEST_DATA_URL
        ? url.substring(0, LONGEST_DATA_URL)
        : url;
  }
}
