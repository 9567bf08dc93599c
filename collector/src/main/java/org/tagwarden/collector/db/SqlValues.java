package org.tagwarden.collector.db;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** How our values become statement parameters and back; times are with {@link SqlTime}. */
public final class SqlValues {
  private SqlValues() {}

  /** Parameters in order; an array is one parameter. */
  public static Tuple tuple(@Nullable Object... values) {
    return Tuple.from(values);
  }

  /** Days are UTC days everywhere. */
  public static LocalDate day(Instant instant) {
    return SqlTime.of(instant).toLocalDate();
  }

  /** For a bytea that holds a hash. */
  public static Buffer bytes(String hex) {
    return Buffer.buffer(HexFormat.of().parseHex(hex));
  }

  public static String hex(Buffer bytes) {
    return HexFormat.of().formatHex(bytes.getBytes());
  }
}
