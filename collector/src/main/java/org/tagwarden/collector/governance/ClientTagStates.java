package org.tagwarden.collector.governance;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tagwarden.collector.governance.rules.Authorization;
import org.tagwarden.collector.governance.rules.Authorizations;
import org.tagwarden.collector.governance.rules.Occurrence;

/** Likewise for the sites of several clients. */
public final class ClientTagStates {
  private final List<Authorization> all;
  private final Map<Integer, Integer> clientBySite;
  private final Instant at;
  private final Map<Integer, TagStates> bySite = new HashMap<>();
  private final Map<Integer, Authorizations> heldBySite = new HashMap<>();
  private final Map<Integer, Map<String, Collection<Occurrence>>> running = new HashMap<>();

  ClientTagStates(List<Authorization> all, Map<Integer, Integer> clientBySite, Instant at) {
    this.all = all;
    this.clientBySite = clientBySite;
    this.at = at;
  }

  /** What holds on each site. */
  Map<Integer, Authorizations> held() {
    for (int site : clientBySite.keySet()) held(site);
    return heldBySite;
  }

  /** Likewise, knowing which scripts run on these. */
  ClientTagStates with(Map<Integer, Map<String, Collection<Occurrence>>> scripts) {
    running.putAll(scripts);
    return this;
  }

  /** Those of one site. */
  public TagStates of(int siteId) {
    return bySite.computeIfAbsent(
        siteId, id -> new TagStates(held(id), at, running.getOrDefault(id, Map.of()), 0));
  }

  private Authorizations held(int siteId) {
    return heldBySite.computeIfAbsent(
        siteId,
        id -> {
          Integer client = clientBySite.get(id);
          return Authorizations.of(
              all.stream()
                  .filter(one -> Integer.valueOf(one.scope().clientId()).equals(client))
                  .filter(one -> one.scope().holdsOn(id))
                  .toList());
        });
  }
}
