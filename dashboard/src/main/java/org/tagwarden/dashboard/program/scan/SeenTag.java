package org.tagwarden.dashboard.program.scan;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.tagwarden.collector.vendors.Category;
import org.tagwarden.collector.vendors.LoadMethod;
import org.tagwarden.collector.vendors.Recognition;
import org.tagwarden.collector.vendors.Tag;
import org.tagwarden.dashboard.evidence.LoaderWords;

/**
 * A tag, summed over the pages of a scan.
 *
 * @param loadedBy who deployed it: "the site", or products, a container with id and version
 * @param pages on which it fired, in whichever way they were seen
 */
public record SeenTag(
    String key,
    String vendor,
    String product,
    Category category,
    boolean known,
    SortedSet<String> accountIds,
    LoadMethod loadMethod,
    SortedSet<String> loadedBy,
    int pages,
    int requests,
    long bytes) {

  static SeenTag of(Tag tag, Recognition recognition) {
    return new SeenTag(
        tag.key(),
        tag.vendor(),
        tag.product(),
        tag.category(),
        tag.known(),
        new TreeSet<>(tag.accountIds()),
        tag.loadMethod(),
        new TreeSet<>(List.of(loader(tag, recognition))),
        1,
        tag.requestIds().size(),
        tag.bytes());
  }

  /** The same tag on another page. A piggyback is told even if another page hard-codes it. */
  SeenTag and(SeenTag other) {
    return new SeenTag(
        key,
        vendor,
        product,
        category,
        known,
        union(accountIds, other.accountIds),
        loadMethod.compareTo(other.loadMethod) >= 0 || other.loadMethod == LoadMethod.UNKNOWN
            ? loadMethod
            : other.loadMethod,
        union(loadedBy, other.loadedBy),
        Math.max(pages, other.pages),
        requests + other.requests,
        bytes + other.bytes);
  }

  /** The same tag with the pages counted. */
  SeenTag on(int manyPages) {
    return new SeenTag(
        key,
        vendor,
        product,
        category,
        known,
        accountIds,
        loadMethod,
        loadedBy,
        manyPages,
        requests,
        bytes);
  }

  private static String loader(Tag tag, Recognition recognition) {
    if (tag.loaderKey() == null)
      return tag.loadMethod() == LoadMethod.UNKNOWN ? "not known" : "the site";
    return LoaderWords.deployer(tag, recognition);
  }

  private static SortedSet<String> union(SortedSet<String> one, SortedSet<String> other) {
    SortedSet<String> all = new TreeSet<>(one);
    all.addAll(other);
    return all;
  }
}
