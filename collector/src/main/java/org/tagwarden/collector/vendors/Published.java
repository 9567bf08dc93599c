package org.tagwarden.collector.vendors;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.CapturedRequest;

/** Which versions of their scripts products have published, as the texts of the scripts tell. */
final class Published {
  private static final int LONGEST_VERSION = 64;

  private final Map<String, Product> products = new HashMap<>();
  private final Map<String, Map<String, String>> versions = new HashMap<>();

  /**
   * @param requests of the product in the visit
   * @param body text by SHA-256, null when it is not known
   */
  void add(
      Product product, List<CapturedRequest> requests, Function<String, @Nullable String> body) {
    products.put(product.key(), product);
    Map<String, String> byAccount = new TreeMap<>();
    for (CapturedRequest request : requests) {
      if (product.version() == null || request.bodySha256() == null) continue;
      String text = body.apply(request.bodySha256());
      Matcher found = text == null ? null : product.version().matcher(text);
      if (found == null || !found.find()) continue;
      String version = found.group(1);
      if (version == null || version.length() > LONGEST_VERSION) continue; // whoever wrote that
      byAccount.putIfAbsent(account(product, request.url()), version);
    }
    versions.put(product.key(), byAccount);
  }

  /** By account id, see {@link Tag#versions}. */
  Map<String, String> versionsOf(Product product) {
    return versions.getOrDefault(product.key(), Map.of());
  }

  /** The container that deployed a tag; null when no container did, or nothing names it. */
  @Nullable Container containerOf(Loader loader) {
    Product product = loader.tagKey() == null ? null : products.get(loader.tagKey());
    if (product == null || loader.method() != LoadMethod.CONTAINER || loader.url() == null)
      return null;
    Map<String, String> known = versionsOf(product);
    String id = account(product, loader.url());
    if (id.isEmpty() && known.size() == 1) id = known.keySet().iterator().next();
    Container container = new Container(id, known.get(id));
    return container.words().isEmpty() ? null : container;
  }

  private static String account(Product product, String address) {
    RequestUrl url = RequestUrl.of(address);
    for (AccountIdPattern pattern : product.accountIds()) {
      String id = pattern.find(url);
      if (id != null) return id;
    }
    return "";
  }
}
