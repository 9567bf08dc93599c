package org.tagwarden.dashboard.pages.access;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tagwarden.collector.access.Role;

/** The roles as the forms offer them. */
public final class Roles {
  public static final Map<String, String> OF_PEOPLE = people();
  public static final Map<String, String> OF_TOKENS = tokens();

  private Roles() {}

  /** What somebody with this role may do, in a sentence. */
  public static String allows(Role role) {
    return switch (role) {
      case SCANNER -> "Takes jobs and hands in reports.";
      case VIEWER -> "Reads tags, scans and findings.";
      case REQUESTER -> "Reads all of it, asks for tags and scans, and takes care of findings.";
      case APPROVER -> "Decides what may run, and sets sites, schedules, owners and alerts.";
      case ADMIN -> "Everything, also who may come in and where messages go.";
      case AUDITOR -> "Reads and exports everything, and changes nothing.";
    };
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
