package org.tagwarden.collector.governance.rules;

import org.tagwarden.report.PageVisit;

/** Whether people pay on a page: a journey's step said so. */
public final class PaymentPage {
  private PaymentPage() {}

  public static boolean is(PageVisit visit) {
    return visit.journey() != null && visit.journey().paymentPage();
  }
}
