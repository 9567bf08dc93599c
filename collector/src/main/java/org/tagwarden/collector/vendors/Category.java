package org.tagwarden.collector.vendors;

/** The job a tag does, in marketers' words. The label is what pages show. */
public enum Category {
  TAG_MANAGER("Tag manager"),
  ANALYTICS("Analytics"),
  ADVERTISING("Advertising"),
  SESSION_REPLAY("Session replay"),
  AB_TEST("A/B testing"),
  CHAT("Chat and support"),
  CONSENT("Consent platform"),
  CDN("CDN and hosting"),
  PAYMENT("Payment"),
  VIDEO("Video"),
  FONTS("Fonts"),
  SOCIAL("Social"),
  MARKETING_AUTOMATION("Marketing automation"),
  CUSTOMER_DATA("Customer data platform"),
  ERROR_TRACKING("Error and performance monitoring"),
  SECURITY("Security and bots"),
  MAPS("Maps"),
  REVIEWS("Reviews"),
  OTHER("Other"),
  UNKNOWN("Unknown");

  private final String label;

  Category(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
