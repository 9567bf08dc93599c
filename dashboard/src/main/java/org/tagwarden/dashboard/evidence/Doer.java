package org.tagwarden.dashboard.evidence;

import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.vendors.Tag;

/**
 * Who did something on a page.
 *
 * @param name the product, or who the site is
 * @param tagKey null for the site itself and for what nobody could tell
 */
public record Doer(String name, String vendor, boolean known, @Nullable String tagKey) {
  /** The site's own code. */
  static final Doer SITE = new Doer("The site itself", "", true, null);

  /** Nobody could tell. */
  static final Doer NOBODY = new Doer("Unknown", "", false, null);

  static Doer of(Tag tag) {
    return new Doer(tag.product(), tag.vendor(), tag.known(), tag.key());
  }

  /** Whether it is a third party. */
  public boolean isTag() {
    return tagKey != null;
  }
}
