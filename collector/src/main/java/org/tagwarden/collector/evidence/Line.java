package org.tagwarden.collector.evidence;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.db.SqlValues;

/** A line of a sheet: values by column, in the columns' order, as JSON knows them. */
final class Line {
  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

  static Line of(Row row) {
    Line line = new Line();
    for (int i = 0; i < row.size(); i++) line.put(row.getColumnName(i), row.getValue(i));
    return line;
  }

  Line put(String column, @Nullable Object value) {
    values.put(column, plain(value));
    return this;
  }

  Map<String, @Nullable Object> values() {
    return values;
  }

  List<String> columns() {
    return List.copyOf(values.keySet());
  }

  /** "" for null. */
  String text(String column) {
    Object value = values.get(column);
    return value == null ? "" : value.toString();
  }

  boolean has(String column) {
    return values.get(column) != null;
  }

  int number(String column) {
    return values.get(column) instanceof Number number ? number.intValue() : 0;
  }

  boolean flag(String column) {
    return Boolean.TRUE.equals(values.get(column));
  }

  @Nullable Instant time(String column) {
    Object value = values.get(column);
    return value == null ? null : Instant.parse(value.toString());
  }

  /** Of a column that is never null. */
  Instant when(String column) {
    return Objects.requireNonNull(time(column), column);
  }

  /** Empty for null. */
  List<String> list(String column) {
    List<String> list = new ArrayList<>();
    if (values.get(column) instanceof List<?> all) for (Object one : all) list.add("" + one);
    return list;
  }

  /** Times are UTC, bytes are hex. */
  private static @Nullable Object plain(@Nullable Object value) {
    if (value == Tuple.JSON_NULL) return null;
    if (value instanceof OffsetDateTime time) return time.toInstant().toString();
    if (value instanceof Instant || value instanceof LocalDate) return value.toString();
    if (value instanceof LocalTime || value instanceof UUID) return value.toString();
    if (value instanceof Enum<?> constant) return constant.name();
    if (value instanceof Buffer bytes) return SqlValues.hex(bytes);
    if (value instanceof JsonObject object) return object.getMap();
    if (value instanceof JsonArray array) return array.getList();
    if (value instanceof Object[] array) {
      List<@Nullable Object> list = new ArrayList<>();
      for (Object one : array) list.add(plain(one));
      return list;
    }
    return value;
  }
}
