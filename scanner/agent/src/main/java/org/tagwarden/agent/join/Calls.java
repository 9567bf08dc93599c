package org.tagwarden.agent.join;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.observe.CallRecord;
import org.tagwarden.report.ResourceType;

/** Calls of the page's scripts, by the URL that they ask for; each explains one request. */
final class Calls {
  private final Map<String, Deque<CallRecord>> byUrl = new HashMap<>();

  Calls(List<CallRecord> calls) {
    for (CallRecord call : calls)
      byUrl.computeIfAbsent(Place.withoutFragment(call.url()), u -> new ArrayDeque<>()).add(call);
  }

  /** The first call that may have sent a request of this type to this URL, and no other yet. */
  @Nullable CallRecord take(String url, ResourceType type) {
    Deque<CallRecord> calls = byUrl.get(Place.withoutFragment(url));
    if (calls == null) return null;
    Set<CallRecord.Kind> kinds = kinds(type);
    for (Iterator<CallRecord> each = calls.iterator(); each.hasNext(); ) {
      CallRecord call = each.next();
      if (!kinds.contains(call.kind())) continue;
      if (calls.size() > 1) each.remove(); // the last one explains repetitions, too
      return call;
    }
    return null;
  }

  private static Set<CallRecord.Kind> kinds(ResourceType type) {
    return switch (type) {
      case WORKER ->
          EnumSet.of(
              CallRecord.Kind.WORKER,
              CallRecord.Kind.SHARED_WORKER,
              CallRecord.Kind.SERVICE_WORKER);
      case BEACON ->
          EnumSet.of(CallRecord.Kind.BEACON, CallRecord.Kind.KEEPALIVE_FETCH, CallRecord.Kind.PING);
      case EVENT_SOURCE -> EnumSet.of(CallRecord.Kind.EVENT_SOURCE);
      case IMAGE -> EnumSet.of(CallRecord.Kind.IMAGE);
      default -> EnumSet.of(CallRecord.Kind.KEEPALIVE_FETCH, CallRecord.Kind.LINK);
    };
  }
}
