package org.tagwarden.dashboard.pages.act;

import org.tagwarden.collector.alerts.AlertActions.Question;
import org.tagwarden.collector.alerts.SignedLinks.Purpose;

/**
 * What a link asks.
 *
 * @param done whether the button was pressed
 */
public record ActView(String action, Question question, boolean done) {
  public boolean unsubscribes() {
    return question.purpose() == Purpose.UNSUBSCRIBE;
  }
}
