package org.tagwarden.dashboard.pages.act;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.alerts.ReviewItem;
import org.tagwarden.collector.alerts.ReviewItem.State;
import org.tagwarden.collector.alerts.Reviews.Question;
import org.tagwarden.dashboard.web.Request;

/**
 * Whether things are still needed.
 *
 * @param done whether something was answered just now
 */
public record ReviewView(String action, Question question, boolean done) {
  private static final String ALL = "answer";

  /** Whether the form says anything at all. */
  static boolean answers(Request request) {
    return !request.text(ALL).isEmpty();
  }

  /** What the form says about one of them: the button for all before its own choice. */
  static @Nullable Boolean said(Request request, ReviewItem item) {
    String all = request.text(ALL);
    String said = all.equals("each") ? request.text(item.field()) : all;
    if (said.equals("yes")) return Boolean.TRUE;
    return said.equals("no") ? Boolean.FALSE : null;
  }

  /** The only one that is asked about; null when there are several. */
  public @Nullable ReviewItem single() {
    return question.items().size() == 1 ? question.items().get(0) : null;
  }

  /** What nobody has answered yet. */
  public List<ReviewItem> open() {
    return question.items().stream().filter(item -> item.state() == State.OPEN).toList();
  }
}
