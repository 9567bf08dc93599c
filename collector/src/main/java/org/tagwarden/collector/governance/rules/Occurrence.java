package org.tagwarden.collector.governance.rules;

import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.vendors.Hosts;
import org.tagwarden.collector.vendors.Tag;
import org.tagwarden.report.CapturedRequest;

/**
 * Something that ran and needs an authorization: a tag as such, or one of its requests.
 *
 * @param vendor the company; the host when nobody knows it
 * @param url null for the tag as such
 * @param sha256 of the script that was served; null when it is none
 */
public record Occurrence(
    String vendor, String tagKey, @Nullable String url, @Nullable String sha256) {

  /** A tag as such: no more than its key and its vendor. */
  public static Occurrence of(Tag tag) {
    return new Occurrence(tag.vendor(), tag.key(), null, null);
  }

  /** One request of a tag. */
  public static Occurrence of(Tag tag, CapturedRequest request) {
    return new Occurrence(tag.vendor(), tag.key(), request.url(), request.bodySha256());
  }

  /** Empty for the tag as such. */
  String host() {
    return url == null ? "" : Hosts.of(url);
  }
}
