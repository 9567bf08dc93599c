package org.tagwarden.dashboard.report;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.tagwarden.collector.vendors.Tag;
import org.tagwarden.dashboard.ScannedVisit;

/**
 * A tag over all pages of the scan.
 *
 * @param loader product of the tag that deployed it; "" when the site itself did
 */
public record TagLine(
    String vendor,
    String product,
    String category,
    boolean known,
    List<String> accountIds,
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
        sums.computeIfAbsent(tag.key(), key -> new Sum(tag)).add(tag);
      }
    }
    return sums.values().stream()
        .map(sum -> sum.line(sums))
        .sorted(Comparator.comparingInt(TagLine::requests).reversed())
        .toList();
  }

  private static final class Sum {
    private final Tag first;
    private final TreeSet<String> accountIds = new TreeSet<>();
    private int pages;
    private int requests;
    private long bytes;

    Sum(Tag first) {
      this.first = first;
    }

    void add(Tag tag) {
      accountIds.addAll(tag.accountIds());
      pages++;
      requests += tag.requestIds().size();
      bytes += tag.bytes();
    }

    TagLine line(Map<String, Sum> all) {
      String key = first.loaderKey();
      Sum loader = key == null ? null : all.get(key);
      String loaderName = key == null ? "" : loader == null ? key : loader.first.product();
      return new TagLine(
          first.vendor(),
          first.product(),
          first.category().label(),
          first.known(),
          List.copyOf(accountIds),
          first.loadMethod().name(),
          loaderName,
          pages,
          requests,
          bytes);
    }
  }
}
