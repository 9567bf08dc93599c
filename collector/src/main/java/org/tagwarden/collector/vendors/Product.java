package org.tagwarden.collector.vendors;

import java.util.List;

/**
 * A specific service of a vendor, as the catalogue knows it.
 *
 * @param key the key of its tags, see {@link Tag}
 * @param vendor the company's name
 * @param tagManager whether it deploys other tags for the site
 * @param wholeVendor whether only the company is known and not which of its products this is
 * @param accountIds where the customer's identifier stands in its URLs
 */
record Product(
    String key,
    String vendor,
    String name,
    Category category,
    boolean tagManager,
    boolean wholeVendor,
    List<AccountIdPattern> accountIds) {
  Product {
    accountIds = List.copyOf(accountIds);
  }

  /** A host that nobody knows. */
  static Product unknown(String host) {
    return new Product("host:" + host, host, host, Category.UNKNOWN, false, false, List.of());
  }
}
