package org.tagwarden.collector.governance.rules;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tagwarden.collector.vendors.Hosts;
import org.tagwarden.report.ConsentState;

/**
 * The envelope that fits what was seen, with room for what varies: hosts by their registered
 * domain, lifetimes rounded up, twice the bytes and requests. Pages are listed only where the tag
 * ran on few of those that were visited; else the next page that is published would be a drift.
 */
public final class AsSeen {
  private static final int FEW_PAGES = 10;
  private static final long STEP = 10_000;

  private AsSeen() {}

  /**
   * @param seen what it did on each visit
   * @param visitedPages how many pages of the site were visited
   */
  public static Envelope of(Collection<Activity> seen, int visitedPages) {
    Set<String> hosts = new TreeSet<>();
    Set<String> fourthParties = new TreeSet<>();
    Map<String, Duration> cookies = new TreeMap<>();
    Set<ConsentState> consents = EnumSet.noneOf(ConsentState.class);
    Set<String> pages = new TreeSet<>();
    Set<Behaviour> behaviours = EnumSet.noneOf(Behaviour.class);
    long bytes = 0;
    int requests = 0;
    for (Activity one : seen) {
      for (String host : one.hosts().keySet()) hosts.add(domain(host, one.page()));
      for (Activity.FourthParty other : one.fourthParties().keySet())
        fourthParties.add(other.tagKey());
      one.cookies()
          .forEach(
              (name, life) ->
                  cookies.merge(
                      name, Lifetime.roundedUp(life), (a, b) -> a.compareTo(b) > 0 ? a : b));
      consents.addAll(one.consents().keySet());
      pages.add(AddressPattern.pathOf(one.page()));
      behaviours.addAll(one.behaviours().keySet());
      bytes = Math.max(bytes, one.bytes());
      requests = Math.max(requests, one.requests());
    }
    boolean fewPages = pages.size() <= FEW_PAGES && pages.size() * 2 < visitedPages;
    return new Envelope(
        hosts,
        fourthParties,
        cookies,
        new LinkedHashSet<>(consents),
        fewPages ? List.copyOf(pages) : null,
        Math.max(STEP, (2 * bytes + STEP - 1) / STEP * STEP),
        2 * requests,
        new LinkedHashSet<>(behaviours));
  }

  /** An address, and a host of the site's own domain, stand for themselves. */
  private static String domain(String host, String page) {
    String domain = Hosts.registrableDomain(host);
    boolean named = domain.indexOf('.') > 0 && !domain.matches("[\\d.]+");
    boolean own = domain.equals(Hosts.registrableDomain(Hosts.of(page)));
    return named && !own && domain.indexOf(':') < 0 ? "*." + domain : host;
  }
}
