package org.tagwarden.dashboard.pages.pack;

import java.util.Map;
import org.tagwarden.collector.ServerConfig.Retention;
import org.tagwarden.dashboard.pages.site.SiteFrame;

/**
 * The form for an evidence pack, and the key that signs it.
 *
 * @param from the first day, as typed
 * @param to the last day
 */
public record PackView(
    SiteFrame frame,
    String from,
    String to,
    String fingerprint,
    String publicKey,
    Retention retention,
    Map<String, String> problems) {

  public String problem(String field) {
    return problems.getOrDefault(field, "");
  }

  /** What is wrong with neither day alone. */
  public String problem() {
    return problem("");
  }

  /** The fingerprint as people compare it: in groups. */
  public String inGroups() {
    return fingerprint.replaceAll("(.{8})(?!$)", "$1 ");
  }
}
