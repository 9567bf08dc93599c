package org.tagwarden.dashboard.pages.schedule;

import java.util.Map;

/** The form for a new site; clients by id, as far as one may be added there. */
public record NewSiteView(
    Map<String, String> clients,
    String client,
    String name,
    String baseUrl,
    Map<String, String> problems) {
  public NewSiteView {
    problems = Map.copyOf(problems);
  }

  public String problem(String field) {
    return problems.getOrDefault(field, "");
  }
}
