package org.tagwarden.dashboard.pages.requests;

import java.util.List;
import java.util.Map;
import org.tagwarden.collector.governance.RequestState;
import org.tagwarden.collector.governance.TagRequest;
import org.tagwarden.dashboard.view.Badge;

/**
 * What was asked for, open ones first.
 *
 * @param sites by id, of those for which somebody may ask
 * @param typed after a refused try
 * @param problems by field; "answer-7" for the answer to request 7
 */
public record RequestsView(
    List<Line> lines,
    Map<String, String> sites,
    Map<String, String> typed,
    Map<String, String> problems) {

  /** A request, and what the person who looks may do with it. */
  public record Line(TagRequest request, boolean mayAnswer, boolean mayWithdraw) {
    public Badge state() {
      return switch (request.state()) {
        case OPEN -> new Badge("Waiting for IT", "warn");
        case GRANTED -> new Badge("Granted", "good");
        case DECLINED -> new Badge("Declined", "bad");
        case WITHDRAWN -> new Badge("Withdrawn", "plain");
      };
    }

    /** The form of an authorization, filled in from the request and from what was seen. */
    public String authorize() {
      return "/authorizations/new?request=" + request.id();
    }

    public boolean open() {
      return request.state() == RequestState.OPEN;
    }
  }

  public String typed(String field) {
    return typed.getOrDefault(field, "");
  }

  /** What was typed as answer to this request, which was refused. */
  public String answer(int request) {
    return problem("answer-" + request).isEmpty() ? "" : typed("answer");
  }

  public String problem(String field) {
    return problems.getOrDefault(field, "");
  }
}
