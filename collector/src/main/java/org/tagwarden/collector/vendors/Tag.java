package org.tagwarden.collector.vendors;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One tag on one page visit: everything a product did there, recognised.
 *
 * @param key identity of the tag on its site: the product's id ("google-analytics"), or "vendor:"
 *     and the vendor's slug where only the company is known, or "host:" and the host name where
 *     nobody knows it
 * @param vendor company name; the host name when unknown
 * @param product product name; equals the vendor when only the company is known
 * @param accountIds customer identifiers found in URLs (G-..., GTM-..., a pixel id), sorted,
 *     without repeats
 * @param loaderKey key of the tag that deployed it; null when the site itself did
 * @param loaderUrl URL of the script or document that deployed it; null when unknown
 * @param requestIds its requests in the visit, in order
 * @param scriptHashes SHA-256 of its scripts in the visit, without repeats
 * @param version of the published container or script, where its text tells one
 * @param bytes head and body bytes on the wire of its responses
 */
public record Tag(
    String key,
    String vendor,
    String product,
    Category category,
    boolean known,
    List<String> accountIds,
    LoadMethod loadMethod,
    @Nullable String loaderKey,
    @Nullable String loaderUrl,
    List<Integer> requestIds,
    List<String> hosts,
    List<String> scriptHashes,
    @Nullable String version,
    long bytes) {
  public Tag {
    accountIds = List.copyOf(accountIds);
    requestIds = List.copyOf(requestIds);
    hosts = List.copyOf(hosts);
    scriptHashes = List.copyOf(scriptHashes);
  }

  /** Without a version. */
  public Tag(
      String key,
      String vendor,
      String product,
      Category category,
      boolean known,
      List<String> accountIds,
      LoadMethod loadMethod,
      @Nullable String loaderKey,
      @Nullable String loaderUrl,
      List<Integer> requestIds,
      List<String> hosts,
      List<String> scriptHashes,
      long bytes) {
    this(
        key,
        vendor,
        product,
        category,
        known,
        accountIds,
        loadMethod,
        loaderKey,
        loaderUrl,
        requestIds,
        hosts,
        scriptHashes,
        null,
        bytes);
  }
}
