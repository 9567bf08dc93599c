package org.tagwarden.collector.db;

import io.vertx.sqlclient.Row;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Between {@link Instant} and timestamptz. */
public final class SqlTime {
  private SqlTime() {}

  /** The clock's time as a statement's parameter. */
  public static OffsetDateTime now(Clock clock) {
    return of(clock.instant());
  }

  /** A time as a statement's parameter. */
  public static OffsetDateTime of(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /** A column that is never null. */
  public static Instant instant(Row row, String column) {
    return row.getOffsetDateTime(column).toInstant();
  }

  /** A column that may be null. */
  public static @Nullable Instant instantOrNull(Row row, String column) {
    OffsetDateTime value = row.getOffsetDateTime(column);
    return value == null ? null : value.toInstant();
  }
}
