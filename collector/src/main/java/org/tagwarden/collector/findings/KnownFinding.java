package org.tagwarden.collector.findings;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.db.SqlTime;

/**
 * A finding as it stands before a visit is judged.
 *
 * @param states the states of pages on which it is failing
 * @param ofTag whether it is about a tag, which may fire or not
 */
record KnownFinding(
    int id,
    String checkId,
    String subject,
    Severity severity,
    boolean open,
    Set<Integer> states,
    Instant lastSeenAt,
    @Nullable Instant resolvedAt,
    boolean ofTag) {
  KnownFinding {
    states = Set.copyOf(states);
  }

  static KnownFinding of(Row row) {
    return new KnownFinding(
        row.getInteger("id"),
        row.getString("check_id"),
        row.getString("subject"),
        Severity.valueOf(row.getString("severity")),
        row.getString("state").equals("OPEN"),
        Set.of(row.getArrayOfIntegers("states")),
        SqlTime.instant(row, "last_seen_at"),
        SqlTime.instantOrNull(row, "resolved_at"),
        row.getBoolean("of_tag"));
  }
}
