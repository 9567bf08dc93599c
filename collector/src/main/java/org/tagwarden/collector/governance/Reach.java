package org.tagwarden.collector.governance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.governance.Preview.Running;
import org.tagwarden.collector.governance.rules.Authorization;
import org.tagwarden.collector.governance.rules.Authorizations;

/**
 * How far an authorization goes today. Pure.
 *
 * @param decides whether it decides about anything that runs
 * @param overruledBy one that decides about what it matches; null when nothing that runs matches
 *     it, or nothing else does
 * @param overlaps others that are about some of the same
 */
public record Reach(
    boolean decides, @Nullable Authorization overruledBy, List<Authorization> overlaps) {
  public Reach {
    overlaps = List.copyOf(overlaps);
  }

  /** Of each, by id; what has expired is left out, and overlaps with nothing. */
  public static Map<Integer, Reach> of(
      List<Authorization> all,
      Map<Integer, Integer> clientBySite,
      List<Running> running,
      Instant now) {
    Map<Integer, Authorizations> bySite = new HashMap<>();
    Set<Integer> decide = new HashSet<>();
    Map<Integer, Authorization> overruled = new HashMap<>();
    Map<Integer, Map<Integer, Authorization>> others = new HashMap<>();
    for (Running one : running) {
      Authorizations here =
          bySite.computeIfAbsent(one.siteId(), id -> on(id, all, clientBySite.get(id)));
      Authorization plain = here.rule(one.what(), false, now).deciding();
      Authorization payment = here.rule(one.what(), true, now).deciding();
      if (plain != null) decide.add(plain.id());
      if (payment != null) decide.add(payment.id());
      List<Authorization> about =
          here.allAbout(one.what()).stream().filter(each -> !each.expired(now)).toList();
      Authorization stronger = plain == null ? payment : plain;
      for (Authorization each : about) {
        if (stronger != null) overruled.putIfAbsent(each.id(), stronger);
        for (Authorization other : about) {
          if (other.id() == each.id()) continue;
          others.computeIfAbsent(each.id(), id -> new LinkedHashMap<>()).put(other.id(), other);
        }
      }
    }
    Map<Integer, Reach> reaches = new HashMap<>();
    for (Authorization one : all) {
      if (one.expired(now)) continue;
      boolean decides = decide.contains(one.id());
      List<Authorization> overlaps =
          new ArrayList<>(others.getOrDefault(one.id(), Map.of()).values());
      reaches.put(one.id(), new Reach(decides, decides ? null : overruled.get(one.id()), overlaps));
    }
    return reaches;
  }

  private static Authorizations on(
      int siteId, List<Authorization> all, @Nullable Integer clientId) {
    return Authorizations.of(
        all.stream()
            .filter(one -> Integer.valueOf(one.scope().clientId()).equals(clientId))
            .filter(one -> one.scope().holdsOn(siteId))
            .toList());
  }
}
