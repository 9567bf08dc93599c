package org.tagwarden.collector.vendors;

import org.jspecify.annotations.Nullable;

/**
 * What deployed a tag.
 *
 * @param tagKey null when the site itself did
 * @param url the script or document; null when unknown
 */
record Loader(LoadMethod method, @Nullable String tagKey, @Nullable String url) {
  static final Loader UNKNOWN = new Loader(LoadMethod.UNKNOWN, null, null);

  static Loader site(@Nullable String url) {
    return new Loader(LoadMethod.HARD_CODED, null, url);
  }

  static Loader tag(Product product, @Nullable String url) {
    LoadMethod method = product.tagManager() ? LoadMethod.CONTAINER : LoadMethod.PIGGYBACK;
    return new Loader(method, product.key(), url);
  }
}
