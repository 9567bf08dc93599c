package org.tagwarden.collector.vendors;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A specific service of a vendor, as the catalogue knows it.
 *
 * @param key the key of its tags, see {@link Tag}
 * @param vendor the company's name
 * @param tagManager whether it deploys other tags for the site
 * @param wholeVendor whether only the company is known and not which of its products this is
 * @param accountIds where the customer's identifier stands in its URLs
 * @param version what finds its version in the text of its script, as the first group; null when no
 *     version shows there
 */
record Product(
    String key,
    String vendor,
    String name,
    Category category,
    boolean tagManager,
    boolean wholeVendor,
    List<AccountIdPattern> accountIds,
    @Nullable Pattern version) {
  Product {
    accountIds = List.copyOf(accountIds);
  }

  /** A host that nobody knows. */
  static Product unknown(String host) {
    return new Product("host:" + host, host, host, Category.UNKNOWN, false, false, List.of(), null);
  }
}
