package org.tagwarden.collector.governance.rules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.governance.rules.Subject.Kind;

/**
 * The authorizations that hold on one site, and which of them decides: the most specific subject
 * first, then payment pages before all pages, then the site before its client; among equals a
 * refusal before an approval. What has expired does not count.
 */
public final class Authorizations {
  private static final String HOST_KEY = "host:";

  private static final Comparator<Authorization> STRONGEST_FIRST =
      Comparator.comparing((Authorization a) -> a.subject().kind())
          .reversed()
          .thenComparing(a -> -a.subject().specificity())
          .thenComparing(a -> a.scope().pages() == Scope.Pages.ALL)
          .thenComparing(a -> a.scope().siteId() == null)
          .thenComparing(Authorization::verdict)
          .thenComparing(a -> -a.id());

  /** Nothing was decided. */
  public static final Authorizations NONE = of(List.of());

  private record Pattern(Predicate<Occurrence> matcher, int rank) {}

  private final List<Authorization> all;
  private final Map<String, List<Integer>> ranksByName = new HashMap<>();
  private final List<Pattern> patterns = new ArrayList<>();

  private Authorizations(List<Authorization> all) {
    this.all = all;
    for (int rank = 0; rank < all.size(); rank++) {
      Subject subject = all.get(rank).subject();
      if (isPattern(subject)) patterns.add(new Pattern(subject.matcher(), rank));
      else {
        String name = name(subject.kind(), subject.value());
        ranksByName.computeIfAbsent(name, n -> new ArrayList<>()).add(rank);
      }
    }
  }

  /** In any order. */
  public static Authorizations of(Collection<Authorization> authorizations) {
    return new Authorizations(authorizations.stream().sorted(STRONGEST_FIRST).toList());
  }

  /** All of them, the strongest first. */
  public List<Authorization> all() {
    return all;
  }

  /** Whether some are about parts of any tag: single scripts, addresses, patterns of hosts. */
  public boolean divideTags() {
    return all.stream()
        .anyMatch(one -> one.subject().kind() == Kind.SCRIPT || isPattern(one.subject()));
  }

  /** Hosts that some are about; a tag with such a host among others is divided, too. */
  public Set<String> hosts() {
    Set<String> hosts = new TreeSet<>();
    for (Authorization one : all) {
      if (one.subject().kind() == Kind.HOST) hosts.add(one.subject().value());
    }
    return hosts;
  }

  /** Which one decides about this, on such a page, at that time. */
  public Ruling rule(Occurrence what, boolean paymentPage, Instant at) {
    Authorization lapsed = null;
    for (int rank : about(what)) {
      Authorization one = all.get(rank);
      if (!one.scope().covers(paymentPage)) continue;
      if (!one.expired(at)) return new Ruling(one, lapsed);
      if (lapsed == null) lapsed = one;
    }
    return lapsed == null ? Ruling.NONE : new Ruling(null, lapsed);
  }

  /** Every one that is about this, whatever its pages and its term, the strongest first. */
  public List<Authorization> allAbout(Occurrence what) {
    return about(what).stream().map(all::get).toList();
  }

  private SortedSet<Integer> about(Occurrence what) {
    SortedSet<Integer> ranks = new TreeSet<>();
    if (what.sha256() != null) add(ranks, Kind.SCRIPT, what.sha256());
    add(ranks, Kind.PRODUCT, what.tagKey());
    add(ranks, Kind.VENDOR, what.vendor());
    add(ranks, Kind.HOST, what.host());
    if (what.tagKey().startsWith(HOST_KEY)) {
      add(ranks, Kind.HOST, what.tagKey().substring(HOST_KEY.length()));
    }
    for (Pattern pattern : patterns) if (pattern.matcher().test(what)) ranks.add(pattern.rank());
    return ranks;
  }

  private void add(SortedSet<Integer> ranks, Kind kind, String value) {
    ranks.addAll(ranksByName.getOrDefault(name(kind, value), List.of()));
  }

  /** Patterns are tried one by one; the others are looked up. */
  private static boolean isPattern(Subject subject) {
    return subject.kind() == Kind.URL
        || (subject.kind() == Kind.HOST && subject.value().startsWith("*."));
  }

  private static String name(Kind kind, @Nullable String value) {
    String text = String.valueOf(value);
    return kind + " " + (kind == Kind.VENDOR ? text.toLowerCase(Locale.ROOT) : text);
  }
}
