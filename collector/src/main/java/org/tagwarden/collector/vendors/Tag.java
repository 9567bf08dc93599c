package org.tagwarden.collector.vendors;

import java.util.List;
import java.util.Map;
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
 * @param container of the tag manager that deployed it; null when none did, or nothing names it
 * @param requestIds its requests in the visit, in order
 * @param scriptHashes SHA-256 of its scripts in the visit, without repeats
 * @param versions of what it has published, by account id ("" where the script's URL names none),
 *     where the script's text tells one
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
    @Nullable Container container,
    List<Integer> requestIds,
    List<String> hosts,
    List<String> scriptHashes,
    Map<String, String> versions,
    long bytes) {
  public Tag {
    accountIds = List.copyOf(accountIds);
    requestIds = List.copyOf(requestIds);
    hosts = List.copyOf(hosts);
    scriptHashes = List.copyOf(scriptHashes);
    versions = Map.copyOf(versions);
  }
}
