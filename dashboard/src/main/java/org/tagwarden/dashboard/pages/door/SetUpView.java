package org.tagwarden.dashboard.pages.door;

import java.util.Map;

/**
 * The first account's form.
 *
 * @param problems sentences by field; "" for the whole form
 */
public record SetUpView(
    String action, String name, String email, String client, Map<String, String> problems) {
  public SetUpView {
    problems = Map.copyOf(problems);
  }

  public String problem(String field) {
    return problems.getOrDefault(field, "");
  }
}
