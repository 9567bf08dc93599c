package org.tagwarden.dashboard.pages.findings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tagwarden.dashboard.web.Request;

/**
 * What is shown, as the URL says it.
 *
 * @param state OPEN (unless told otherwise), UNTAKEN or MUTED (of the open ones), RESOLVED, or
 *     "all"
 */
public record FindingFilter(String severity, String state, String check, String search) {
  public static final Map<String, String> SEVERITIES = severities();
  public static final Map<String, String> STATES = states();

  static FindingFilter of(Request request) {
    String state = request.text("state");
    String severity = request.text("severity");
    return new FindingFilter(
        SEVERITIES.containsKey(severity) ? severity : "",
        STATES.containsKey(state) ? state : "OPEN",
        request.text("check"),
        request.text("q"));
  }

  private static Map<String, String> severities() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("", "Any severity");
    for (String one : List.of("CRITICAL", "HIGH", "MEDIUM", "LOW")) {
      map.put(one, org.tagwarden.dashboard.view.Display.words(one));
    }
    return map;
  }

  private static Map<String, String> states() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("OPEN", "Open");
    map.put("UNTAKEN", "Open, nobody takes care");
    map.put("MUTED", "Open, muted");
    map.put("RESOLVED", "Resolved");
    map.put("all", "Open and resolved");
    return map;
  }
}
