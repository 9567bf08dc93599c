package org.tagwarden.collector.vendors;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.PageVisit;

/** Says which tags a page visit met. Pure and thread-safe; made once per catalogue. */
public final class Recogniser {
  private final VendorCatalog catalog;

  public Recogniser(VendorCatalog catalog) {
    this.catalog = catalog;
  }

  /** The visit's tags and to which of them each third-party request belongs. */
  public Recognition recognise(PageVisit visit, SiteScope site) {
    return recognise(visit, site, sha256 -> null);
  }

  /**
   * Recognises with the texts of scripts at hand, in which some products tell their version.
   *
   * @param body text by SHA-256, null when it is not known; asked for few scripts
   */
  public Recognition recognise(
      PageVisit visit, SiteScope site, Function<String, @Nullable String> body) {
    Owners owners = new Owners(catalog, site, visit);
    LoaderTrace loaders = new LoaderTrace(owners);
    Map<String, List<CapturedRequest>> requestsByKey = new LinkedHashMap<>();
    Map<Integer, String> keyByRequest = new HashMap<>();
    for (CapturedRequest request : visit.requests()) {
      Product product = owners.of(request);
      if (product == null) continue;
      requestsByKey.computeIfAbsent(product.key(), k -> new ArrayList<>()).add(request);
      keyByRequest.put(request.id(), product.key());
    }
    Published published = new Published();
    for (List<CapturedRequest> requests : requestsByKey.values()) {
      Product product = owners.of(requests.get(0));
      if (product != null) published.add(product, requests, body);
    }
    List<Tag> tags = new ArrayList<>();
    for (List<CapturedRequest> requests : requestsByKey.values()) {
      Product product = owners.of(requests.get(0));
      if (product != null)
        tags.add(TagSummary.of(product, requests, loaders.of(requests), published));
    }
    return new Recognition(tags, keyByRequest);
  }
}
