package org.tagwarden.dashboard.pages.access;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The roles as the forms offer them. */
public final class Roles {
  public static final Map<String, String> OF_PEOPLE = people();
  public static final Map<String, String> OF_TOKENS = tokens();

  /** A role for somebody who is here already, or none. */
  public static final Map<String, String> TO_SET = toSet();

  private Roles() {}

  private static Map<String, String> toSet() {
    Map<String, String> roles = new LinkedHashMap<>(people());
    roles.put("none", "None: withdraw the role");
    return Collections.unmodifiableMap(roles);
  }

  private static Map<String, String> people() {
    Map<String, String> roles = new LinkedHashMap<>();
    roles.put("viewer", "Viewer: reads");
    roles.put("requester", "Requester: asks for approvals and scans");
    roles.put("approver", "Approver: decides, sets schedules");
    roles.put("admin", "Admin: manages clients, people, tokens");
    roles.put("auditor", "Auditor: reads and exports all");
    return Collections.unmodifiableMap(roles);
  }

  private static Map<String, String> tokens() {
    Map<String, String> roles = new LinkedHashMap<>();
    roles.put("scanner", "Scanner: takes jobs, hands in reports");
    roles.putAll(people());
    return Collections.unmodifiableMap(roles);
  }
}
