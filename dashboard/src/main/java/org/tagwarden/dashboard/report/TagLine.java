package org.tagwarden.dashboard.report;

import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tagwarden.collector.vendors.Tag;
import org.tagwarden.dashboard.ScannedVisit;
import org.tagwarden.dashboard.evidence.LoaderWords;

/**
 * A tag over all visits of the scan.
 *
 * @param accounts ids of the customer, a container's with its version
 * @param loader the tag that deployed it, a container with id and version; "" when none did
 */
public record TagLine(
    String vendor,
    String product,
    String category,
    boolean known,
    List<String> accounts,
    String loadMethod,
    String loader,
    int pages,
    int requests,
    long bytes) {

  /** Every tag of these visits, the one with most requests first. */
  static List<TagLine> of(List<ScannedVisit> visits) {
    Map<String, Sum> sums = new LinkedHashMap<>();
    for (ScannedVisit scanned : visits) {
      for (Tag tag : scanned.recognition().tags()) {
        sums.computeIfAbsent(
                tag.key(), key -> new Sum(tag, LoaderWords.deployer(tag, scanned.recognition())))
            .add(tag, scanned.visit().page());
      }
    }
    return sums.values().stream()
        .map(Sum::line)
        .sorted(Comparator.comparingInt(TagLine::requests).reversed())
        .toList();
  }

  private static final class Sum {
    private final Tag first;
    private final String loader;
    private final TreeSet<String> accounts = new TreeSet<>();
    private final Set<String> pages = new HashSet<>();
    private int requests;
    private long bytes;

    Sum(Tag first, String loader) {
      this.first = first;
      this.loader = loader;
    }

    void add(Tag tag, String page) {
      accounts.addAll(LoaderWords.accounts(tag.accountIds(), tag.versions()));
      pages.add(page);
      requests += tag.requestIds().size();
      bytes += tag.bytes();
    }

    TagLine line() {
      return new TagLine(
          first.vendor(),
          first.product(),
          first.category().label(),
          first.known(),
          List.copyOf(accounts),
          first.loadMethod().name(),
          loader,
          pages.size(),
          requests,
          bytes);
    }
  }
}
