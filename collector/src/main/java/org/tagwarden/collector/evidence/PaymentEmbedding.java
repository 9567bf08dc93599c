package org.tagwarden.collector.evidence;

/** How a site takes card data: what an assessor asks first, and no visit from outside can tell. */
public enum PaymentEmbedding {
  NONE("Nobody pays on this site"),
  OWN_FORM("A form of the site's own takes the card data"),
  PROVIDER_SCRIPT("A script of the payment provider puts its fields into the page"),
  PROVIDER_FRAME("The payment provider's form stands in a frame of the page"),
  REDIRECT("The visitor is sent to the payment provider's own page");

  private final String sentence;

  PaymentEmbedding(String sentence) {
    this.sentence = sentence;
  }

  /** For people. */
  public String sentence() {
    return sentence;
  }
}
