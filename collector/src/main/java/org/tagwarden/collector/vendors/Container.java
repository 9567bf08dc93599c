package org.tagwarden.collector.vendors;

import org.jspecify.annotations.Nullable;

/**
 * A tag manager's container, as it was published.
 *
 * @param id which one (GTM-...); "" where its URL names none
 * @param version of what is published; null where its text does not tell
 */
public record Container(String id, @Nullable String version) {
  /** As people write it: "GTM-ABC1234 v42". */
  public String words() {
    if (version == null) return id;
    return (id + " v" + version).trim();
  }
}
