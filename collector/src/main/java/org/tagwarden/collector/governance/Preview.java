package org.tagwarden.collector.governance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.governance.rules.Authorization;
import org.tagwarden.collector.governance.rules.Authorization.Approval;
import org.tagwarden.collector.governance.rules.AuthorizationDraft;
import org.tagwarden.collector.governance.rules.Authorizations;
import org.tagwarden.collector.governance.rules.Justification;
import org.tagwarden.collector.governance.rules.Occurrence;
import org.tagwarden.collector.governance.rules.Scope;

/**
 * What a draft would be about today, before it is saved. Pure.
 *
 * @param matches what it matches of what runs now
 * @param overlaps authorizations that match some of the same
 * @param shadowed those that decide something today and, with the draft, nothing any more
 */
public record Preview(
    List<Match> matches, List<Authorization> overlaps, List<Authorization> shadowed) {

  /** Something that runs now: a tag as such, or one of its scripts. */
  public record Running(int siteId, String siteName, int tagId, String product, Occurrence what) {}

  /**
   * @param overruledBy the stronger one that decides instead of the draft; null when the draft does
   */
  public record Match(Running running, @Nullable Authorization overruledBy) {}

  public Preview {
    matches = List.copyOf(matches);
    overlaps = List.copyOf(overlaps);
    shadowed = List.copyOf(shadowed);
  }

  /** How many of the matches the draft decides. */
  public long decides() {
    return matches.stream().filter(match -> match.overruledBy() == null).count();
  }

  /**
   * @param running what runs now on the client's sites
   * @param held what holds for the client, also what the draft replaces
   */
  public static Preview of(
      AuthorizationDraft draft, List<Running> running, List<Authorization> held, Instant now) {
    Authorization fresh = asIfSaved(draft, now);
    List<Authorization> others =
        held.stream()
            .filter(
                one ->
                    !(one.scope().equals(draft.scope()) && one.subject().equals(draft.subject())))
            .toList();
    boolean payment = draft.scope().pages() == Scope.Pages.PAYMENT;
    Predicate<Occurrence> matcher = draft.subject().matcher();
    Map<Integer, Authorizations> without = new HashMap<>();
    Map<Integer, Authorizations> with = new HashMap<>();
    List<Match> matches = new ArrayList<>();
    Set<Authorization> overlaps = new LinkedHashSet<>();
    Set<Authorization> before = new LinkedHashSet<>();
    Set<Authorization> after = new LinkedHashSet<>();
    for (Running one : running) {
      Authorizations here = without.computeIfAbsent(one.siteId(), id -> on(id, others, null));
      Authorizations there = with.computeIfAbsent(one.siteId(), id -> on(id, others, fresh));
      Authorization decidedBefore = here.rule(one.what(), payment, now).deciding();
      Authorization decidesNow = there.rule(one.what(), payment, now).deciding();
      if (decidedBefore != null) before.add(decidedBefore);
      if (decidesNow != null) after.add(decidesNow);
      if (!draft.scope().holdsOn(one.siteId()) || !matcher.test(one.what())) continue;
      overlaps.addAll(here.allAbout(one.what()));
      matches.add(new Match(one, fresh.equals(decidesNow) ? null : decidesNow));
    }
    before.removeAll(after);
    overlaps.removeAll(before);
    return new Preview(matches, List.copyOf(overlaps), List.copyOf(before));
  }

  private static Authorizations on(
      int siteId, List<Authorization> others, @Nullable Authorization fresh) {
    List<Authorization> here = new ArrayList<>();
    for (Authorization one : others) if (one.scope().holdsOn(siteId)) here.add(one);
    if (fresh != null && fresh.scope().holdsOn(siteId)) here.add(fresh);
    return Authorizations.of(here);
  }

  private static Authorization asIfSaved(AuthorizationDraft draft, Instant now) {
    return new Authorization(
        Integer.MAX_VALUE,
        0,
        draft.scope(),
        draft.subject(),
        draft.verdict(),
        new Justification(draft.reason(), draft.justification(), "", now),
        new Approval("", "", now),
        draft.keepers(),
        draft.term(),
        draft.envelope());
  }
}
