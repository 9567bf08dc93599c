package org.tagwarden.collector.governance.rules;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;

/**
 * Where an authorization holds.
 *
 * @param siteId null: on every site of the client
 */
public record Scope(int clientId, @Nullable Integer siteId, Pages pages) {
  /** On which of the pages. */
  public enum Pages {
    ALL,
    /** Those that a journey marks as where people pay. */
    PAYMENT;

    /** As policies write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The pages of a {@link #word}. */
    public static Pages of(String word) {
      for (Pages pages : values()) if (pages.word().equalsIgnoreCase(word)) return pages;
      throw Refusal.invalid("pages", "The pages are all or payment.");
    }
  }

  /** All pages of one site. */
  public static Scope site(int clientId, int siteId) {
    return new Scope(clientId, siteId, Pages.ALL);
  }

  boolean covers(boolean paymentPage) {
    return pages == Pages.ALL || paymentPage;
  }

  /** Whether it holds on this site. */
  public boolean holdsOn(int site) {
    return siteId == null || siteId == site;
  }
}
