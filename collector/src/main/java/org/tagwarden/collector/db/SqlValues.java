package org.tagwarden.collector.db;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** How our values become statement parameters and back. */
public final class SqlValues {
  private SqlValues() {}

  /** Parameters in order; an array is one parameter. */
  public static Tuple tuple(@Nullable Object... values) {
    return Tuple.from(values);
  }

  /** For a timestamptz. */
  public static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  public static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  /** Days are UTC days everywhere. */
  public static LocalDate day(Instant instant) {
    return utc(instant).toLocalDate();
  }

  /** For a bytea that holds a hash. */
  public static Buffer bytes(String hex) {
    return Buffer.buffer(HexFormat.of().parseHex(hex));
  }

  public static String hex(Buffer bytes) {
    return HexFormat.of().formatHex(bytes.getBytes());
  }
}
