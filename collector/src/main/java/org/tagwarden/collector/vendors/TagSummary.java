package org.tagwarden.collector.vendors;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.tagwarden.report.CapturedRequest;

/** Sums up the requests of a product in a visit as one tag. */
final class TagSummary {
  private TagSummary() {}

  static Tag of(
      Product product, List<CapturedRequest> requests, Loader loader, Published published) {
    Set<String> accountIds = new TreeSet<>();
    Set<String> hosts = new LinkedHashSet<>();
    Set<String> hashes = new LinkedHashSet<>();
    List<Integer> ids = new ArrayList<>();
    long bytes = 0;
    for (CapturedRequest request : requests) {
      RequestUrl url = RequestUrl.of(request.url());
      ids.add(request.id());
      hosts.add(url.host());
      bytes += request.sizes().headerBytes() + request.sizes().wireBytes();
      if (request.bodySha256() != null) hashes.add(request.bodySha256());
      for (AccountIdPattern pattern : product.accountIds()) {
        String id = pattern.find(url);
        if (id != null) accountIds.add(id);
      }
    }
    return new Tag(
        product.key(),
        product.vendor(),
        product.name(),
        product.category(),
        product.category() != Category.UNKNOWN,
        List.copyOf(accountIds),
        loader.method(),
        loader.tagKey(),
        loader.url(),
        published.containerOf(loader),
        ids,
        List.copyOf(hosts),
        List.copyOf(hashes),
        published.versionsOf(product),
        bytes);
  }
}
