package org.tagwarden.collector.governance;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tagwarden.collector.governance.rules.Authorization;
import org.tagwarden.collector.governance.rules.Authorizations;

/** Likewise for the sites of several clients. */
public final class ClientTagStates {
  private final List<Authorization> all;
  private final Map<Integer, Integer> clientBySite;
  private final Instant at;
  private final Map<Integer, TagStates> bySite = new HashMap<>();

  ClientTagStates(List<Authorization> all, Map<Integer, Integer> clientBySite, Instant at) {
    this.all = all;
    this.clientBySite = clientBySite;
    this.at = at;
  }

  /** Those of one site. */
  public TagStates of(int siteId) {
    return bySite.computeIfAbsent(
        siteId,
        id -> {
          Integer client = clientBySite.get(id);
          return new TagStates(
              Authorizations.of(
                  all.stream()
                      .filter(one -> Integer.valueOf(one.scope().clientId()).equals(client))
                      .filter(one -> one.scope().holdsOn(id))
                      .toList()),
              at);
        });
  }
}
