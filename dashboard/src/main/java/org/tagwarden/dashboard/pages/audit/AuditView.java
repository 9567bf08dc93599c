package org.tagwarden.dashboard.pages.audit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.tagwarden.collector.access.AuditSeals;

/**
 * A page of the audit log.
 *
 * @param people everybody who stands in it, for the filter; "" for all
 * @param clients clients by id, for the filter; "" for all
 * @param sealed up to which entry the log is signed, and what is wrong with it
 * @param key the fingerprint of the key that signs
 * @param mayExport whether the reader may have the whole log
 * @param older the path of the next page; "" when there is none
 */
public record AuditView(
    List<Entry> entries,
    Map<String, String> people,
    Map<String, String> clients,
    String who,
    String client,
    String from,
    String until,
    String older,
    AuditSeals.State sealed,
    String key,
    boolean mayExport,
    Map<String, String> problems) {

  /**
   * An entry.
   *
   * @param from "Session, 10.0.0.7"
   * @param client "" when it concerns no single one
   * @param hash its first characters
   */
  public record Entry(
      long seq,
      Instant at,
      String who,
      String from,
      String client,
      String action,
      String subject,
      List<Change> changes,
      String hash) {}

  /** One value that changed; "" where there was or is none. */
  public record Change(String name, String before, String after) {}

  public String problem(String field) {
    return problems.getOrDefault(field, "");
  }

  /** Whether anything is filtered. */
  public boolean filtered() {
    return !(who + client + from + until).isEmpty();
  }
}
