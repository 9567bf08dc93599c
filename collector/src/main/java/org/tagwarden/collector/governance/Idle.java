package org.tagwarden.collector.governance;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.governance.Preview.Running;
import org.tagwarden.collector.governance.rules.Authorization;
import org.tagwarden.collector.governance.rules.Authorizations;

/**
 * Why an authorization decides nothing today. Pure.
 *
 * @param overruledBy one that decides about what it matches; null when nothing that runs matches it
 */
public record Idle(@Nullable Authorization overruledBy) {
  /** Those that decide nothing of what runs, by id; what has expired is left out. */
  public static Map<Integer, Idle> of(
      List<Authorization> all,
      Map<Integer, Integer> clientBySite,
      List<Running> running,
      Instant now) {
    Map<Integer, Authorizations> bySite = new HashMap<>();
    Set<Integer> decide = new HashSet<>();
    Map<Integer, Authorization> overruled = new HashMap<>();
    for (Running one : running) {
      Authorizations here =
          bySite.computeIfAbsent(one.siteId(), id -> on(id, all, clientBySite.get(id)));
      Authorization plain = here.rule(one.what(), false, now).deciding();
      Authorization payment = here.rule(one.what(), true, now).deciding();
      if (plain != null) decide.add(plain.id());
      if (payment != null) decide.add(payment.id());
      Authorization stronger = plain == null ? payment : plain;
      if (stronger == null) continue;
      for (Authorization about : here.allAbout(one.what())) {
        overruled.putIfAbsent(about.id(), stronger);
      }
    }
    Map<Integer, Idle> idle = new HashMap<>();
    for (Authorization one : all) {
      if (!decide.contains(one.id()) && !one.expired(now)) {
        idle.put(one.id(), new Idle(overruled.get(one.id())));
      }
    }
    return idle;
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
