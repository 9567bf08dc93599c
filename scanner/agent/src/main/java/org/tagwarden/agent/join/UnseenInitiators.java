package org.tagwarden.agent.join;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.observe.CallRecord;
import org.tagwarden.agent.observe.FrameObserver;
import org.tagwarden.report.Initiator;
import org.tagwarden.report.Initiator.Kind;
import org.tagwarden.report.ResourceType;

/**
 * Who asked for what the proxy alone saw: beacons that frames send at their very end, the browser's
 * reports, downloads. No stack was seen; each answer here is the best that the rest allows.
 */
final class UnseenInitiators {
  private final Initiators initiators;
  private final Bringers bringers;
  private final FrameObserver frames;
  private final List<CallRecord> listeners;
  private final Map<String, Initiator> senders = new HashMap<>();

  UnseenInitiators(
      Initiators initiators, Bringers bringers, FrameObserver frames, List<CallRecord> calls) {
    this.initiators = initiators;
    this.bringers = bringers;
    this.frames = frames;
    this.listeners =
        calls.stream().filter(c -> c.kind() == CallRecord.Kind.FAREWELL_LISTENER).toList();
  }

  /** A script used this endpoint, and may use it again when nobody looks. */
  void sent(Sighting seen, Initiator by) {
    senders.put(endpoint(seen), by);
  }

  Initiator of(int id, Sighting seen, ResourceType type) {
    String referrer = seen.requestHeader("Referer");
    Integer page = page(referrer, id);
    String url = page != null ? bringers.urlOf(page) : referrer;
    if (type == ResourceType.REPORT) {
      Integer document = page != null ? page : initiators.firstDocument();
      return plain(Kind.BROWSER, document, bringers.urlOf(document));
    }
    if (type == ResourceType.PREFLIGHT) {
      Integer cause = bringers.permittedBy(seen.url(), id);
      return plain(Kind.PREFLIGHT, cause, bringers.urlOf(cause));
    }
    Initiator before = senders.get(endpoint(seen));
    if (before != null) return plain(Kind.SCRIPT, before.requestId(), before.url());
    Initiator listener = type == ResourceType.BEACON ? listener(id, referrer) : null;
    return listener != null ? listener : plain(Kind.UNKNOWN, page, url);
  }

  /**
   * A farewell of a frame whose scripts listen for its end. Where several scripts do, nobody can
   * tell which of them spoke, and none is blamed.
   */
  private @Nullable Initiator listener(int id, @Nullable String referrer) {
    if (referrer == null) return null;
    List<Initiator> found = new ArrayList<>();
    for (CallRecord listener : listeners) {
      if (!listener.url().startsWith(referrer)) continue;
      Initiator by = initiators.listener(id, listener);
      if (by != null && found.stream().noneMatch(f -> Objects.equals(f.url(), by.url())))
        found.add(by);
    }
    return found.size() == 1 ? found.get(0) : null;
  }

  /** A referrer is often cut down to the origin: then it is the one document from there. */
  private @Nullable Integer page(@Nullable String referrer, int id) {
    if (referrer == null) return null;
    Integer page = bringers.of(referrer, id);
    if (page != null) return page;
    String main = frames.mainUrl();
    if (main.startsWith(referrer)) return bringers.of(main, id);
    List<String> documents =
        frames.all().stream().map(f -> f.url()).filter(u -> u.startsWith(referrer)).toList();
    return documents.size() == 1 ? bringers.of(documents.get(0), id) : null;
  }

  private static Initiator plain(Kind kind, @Nullable Integer requestId, @Nullable String url) {
    return new Initiator(kind, requestId, url, null, 0, 0, List.of());
  }

  private static String endpoint(Sighting seen) {
    String url = Place.withoutFragment(seen.url());
    int query = url.indexOf('?');
    return seen.method() + ' ' + (query < 0 ? url : url.substring(0, query));
  }
}
