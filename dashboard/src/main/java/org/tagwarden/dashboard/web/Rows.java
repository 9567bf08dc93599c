package org.tagwarden.dashboard.web;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.db.Database;

/** Reading rows into view records. */
public final class Rows {
  private Rows() {}

  /** Every row, read by the function. */
  public static <T> Future<List<T>> list(
      Database database, String sql, Function<Row, T> read, @Nullable Object... parameters) {
    return database
        .pool()
        .preparedQuery(sql)
        .execute(Tuple.from(parameters))
        .map(
            rows -> {
              List<T> list = new ArrayList<>(rows.size());
              for (Row row : rows) list.add(read.apply(row));
              return list;
            });
  }

  /** The first row, or null when there is none. */
  public static <T> Future<@Nullable T> first(
      Database database, String sql, Function<Row, T> read, @Nullable Object... parameters) {
    return list(database, sql, read, parameters).map(list -> list.isEmpty() ? null : list.get(0));
  }

  /** A moment; null when the column is. */
  public static @Nullable Instant instantOrNull(Row row, String column) {
    OffsetDateTime value = row.getOffsetDateTime(column);
    return value == null ? null : value.toInstant();
  }

  /** A moment of a column that is never null. */
  public static Instant instant(Row row, String column) {
    return row.getOffsetDateTime(column).toInstant();
  }

  /** A text array; empty when the column is null. */
  public static List<String> texts(Row row, String column) {
    String[] values = row.getArrayOfStrings(column);
    return values == null ? List.of() : List.of(values);
  }

  /** A JSON object of texts. */
  public static Map<String, String> textByKey(Row row, String column) {
    Map<String, String> texts = new TreeMap<>();
    for (Map.Entry<String, Object> entry : row.getJsonObject(column))
      texts.put(entry.getKey(), String.valueOf(entry.getValue()));
    return texts;
  }

  /** A number array; empty when the column is null. */
  public static long[] longs(Row row, String column) {
    Long[] values = row.getArrayOfLongs(column);
    long[] plain = new long[values == null ? 0 : values.length];
    for (int i = 0; i < plain.length; i++) plain[i] = values[i] == null ? 0 : values[i];
    return plain;
  }

  /** A number; NaN when the column is null. */
  public static double number(Row row, String column) {
    Double value = row.getDouble(column);
    return value == null ? Double.NaN : value;
  }
}
