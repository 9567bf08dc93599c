package org.tagwarden.collector.access;

/** The SQL of the audit log. */
final class AuditQueries {
  static final String INSERT =
      """
      INSERT INTO audit_entry (at, who, client_id, action, subject, detail)
      VALUES ($1, $2, $3, $4, $5, $6)
      """;

  private AuditQueries() {}
}
