package org.tagwarden.dashboard.evidence;

import java.util.List;
import java.util.Map;
import org.tagwarden.collector.vendors.Container;
import org.tagwarden.collector.vendors.Recognition;
import org.tagwarden.collector.vendors.Tag;

/** What deployed a tag, in words. */
public final class LoaderWords {
  private LoaderWords() {}

  /**
   * The tag that deployed it, a container with its id and version, which tell it from the vendor's
   * other ones: "Google Tag Manager GTM-ABC1234 v42"; "" when no tag did.
   */
  public static String deployer(Tag tag, Recognition recognition) {
    if (tag.loaderKey() == null) return "";
    Tag loader = recognition.tag(tag.loaderKey());
    String name = loader == null ? tag.loaderKey() : loader.product();
    return tag.container() == null ? name : name + " " + tag.container().words();
  }

  /** Account ids with their versions. */
  public static List<String> accounts(List<String> ids, Map<String, String> versions) {
    return ids.stream().map(id -> account(id, versions)).toList();
  }

  /** An account id with the version that was published under it: "GTM-ABC1234 v42". */
  private static String account(String id, Map<String, String> versions) {
    return new Container(id, versions.get(id)).words();
  }
}
