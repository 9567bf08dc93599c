package org.tagwarden.dashboard.pages.act;

import org.tagwarden.collector.alerts.Reviews.Question;

/**
 * Whether something is still needed.
 *
 * @param answer "yes", "no", or "" before it was given
 */
public record ReviewView(String action, Question question, String answer) {}
