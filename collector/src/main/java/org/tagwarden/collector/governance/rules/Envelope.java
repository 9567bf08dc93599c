package org.tagwarden.collector.governance.rules;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.vendors.Hosts;
import org.tagwarden.report.ConsentState;

/**
 * What an authorized tag may do. A part that is null limits nothing; an empty one allows nothing.
 *
 * @param hosts hosts, or {@code *.domain}, that it may contact
 * @param fourthParties tags it may bring: a product's key, a vendor's name, or a host as above
 * @param cookies longest lifetime by name, {@code *} for any characters; zero: for the session only
 * @param consents the visitor's choices with which it may fire; NONE is before any choice
 * @param pages where it may run: a path, or host and path, {@code *} for any characters
 * @param mostBytes on the wire in one visit
 * @param mostRequests in one visit
 * @param behaviours what else it may do
 */
public record Envelope(
    @Nullable Set<String> hosts,
    @Nullable Set<String> fourthParties,
    @Nullable Map<String, Duration> cookies,
    @Nullable Set<ConsentState> consents,
    @Nullable List<String> pages,
    @Nullable Long mostBytes,
    @Nullable Integer mostRequests,
    @Nullable Set<Behaviour> behaviours) {
  /** Limits nothing. */
  public static final Envelope OPEN = new Envelope(null, null, null, null, null, null, null, null);

  private static final int MOST_ENTRIES = 500;

  public Envelope {
    hosts = hosts == null ? null : hosts(hosts);
    fourthParties = fourthParties == null ? null : entries("brings", fourthParties);
    cookies = cookies == null ? null : cookies(cookies);
    consents = consents == null ? null : Collections.unmodifiableSet(new LinkedHashSet<>(consents));
    pages = pages == null ? null : pages(pages);
    behaviours =
        behaviours == null ? null : Collections.unmodifiableSet(new LinkedHashSet<>(behaviours));
    if (mostBytes != null && mostBytes < 0) {
      throw Refusal.invalid("bytes", "Write a number of bytes, 0 or more.");
    }
    if (mostRequests != null && mostRequests < 0) {
      throw Refusal.invalid("requests", "Write a number of requests, 0 or more.");
    }
  }

  /** Whether it limits nothing. */
  public boolean isOpen() {
    return equals(OPEN);
  }

  boolean allowsHost(String host) {
    return hosts == null || hosts.stream().anyMatch(h -> HostPattern.parse(h).matches(host));
  }

  boolean allowsFourthParty(Activity.FourthParty other) {
    if (fourthParties == null) return true;
    for (String allowed : fourthParties) {
      if (allowed.equals(other.tagKey()) || allowed.equalsIgnoreCase(other.vendor())) return true;
      if (isHost(allowed) && HostPattern.parse(allowed).matches(other.host())) return true;
    }
    return false;
  }

  private static boolean isHost(String text) {
    String name = text.startsWith("*.") ? text.substring(2) : text;
    return name.indexOf('.') > 0 && name.equals(Hosts.of(name));
  }

  private static Set<String> hosts(Set<String> hosts) {
    Set<String> parsed = new LinkedHashSet<>();
    for (String host : entries("hosts", hosts)) {
      try {
        parsed.add(HostPattern.parse(host).text());
      } catch (IllegalArgumentException e) {
        throw Refusal.invalid("hosts", String.valueOf(e.getMessage()));
      }
    }
    return Collections.unmodifiableSet(parsed);
  }

  private static Set<String> entries(String field, Set<String> entries) {
    Set<String> stripped = new LinkedHashSet<>();
    for (String entry : entries) {
      if (entry.isBlank()) throw Refusal.invalid(field, "An entry is empty.");
      stripped.add(entry.strip());
    }
    if (stripped.size() > MOST_ENTRIES) {
      throw Refusal.invalid(field, "At most " + MOST_ENTRIES + " entries.");
    }
    return Collections.unmodifiableSet(stripped);
  }

  private static Map<String, Duration> cookies(Map<String, Duration> cookies) {
    Map<String, Duration> checked = new LinkedHashMap<>();
    entries("cookies", cookies.keySet());
    cookies.forEach(
        (name, life) -> {
          if (life.isNegative()) throw Refusal.invalid("cookies", "A lifetime is 0 or more.");
          checked.put(name.strip(), life);
        });
    return Collections.unmodifiableMap(checked);
  }

  boolean allowsPage(String url) {
    return pages == null || pages.stream().anyMatch(p -> PagePattern.parse(p).matches(url));
  }

  private static List<String> pages(List<String> pages) {
    for (String page : entries("pages", new LinkedHashSet<>(pages))) {
      try {
        PagePattern.parse(page);
      } catch (IllegalArgumentException e) {
        throw Refusal.invalid("pages", String.valueOf(e.getMessage()));
      }
    }
    return List.copyOf(pages);
  }
}
