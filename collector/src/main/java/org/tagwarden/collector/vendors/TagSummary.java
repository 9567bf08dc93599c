package org.tagwarden.collector.vendors;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.CapturedRequest;

/** Sums up the requests of a product in a visit as one tag. */
final class TagSummary {
  private TagSummary() {}

  static Tag of(
      Product product,
      List<CapturedRequest> requests,
      Loader loader,
      Function<String, @Nullable String> body) {
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
        ids,
        List.copyOf(hosts),
        List.copyOf(hashes),
        version(product, hashes, body),
        bytes);
  }

  private static @Nullable String version(
      Product product, Set<String> hashes, Function<String, @Nullable String> body) {
    if (product.version() == null) return null;
    for (String hash : hashes) {
      String text = body.apply(hash);
      Matcher found = text == null ? null : product.version().matcher(text);
      if (found != null && found.find()) return found.group(1);
    }
    return null;
  }
}
