package org.tagwarden.collector.changes;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.tagwarden.collector.changes.text.ScriptText;
import org.tagwarden.collector.db.SqlValues;

/** Texts of scripts in the database: read once a version, however often it comes. */
public final class ScriptTextRows {
  private ScriptTextRows() {}

  /** Those of these hashes that were read before. */
  public static Future<Map<String, ScriptText>> read(SqlClient client, Set<String> hashes) {
    if (hashes.isEmpty()) return Future.succeededFuture(Map.of());
    Buffer[] keys = hashes.stream().map(SqlValues::bytes).toArray(Buffer[]::new);
    return client
        .preparedQuery(ChangeQueries.TEXTS)
        .execute(tuple((Object) keys))
        .map(
            rows -> {
              Map<String, ScriptText> texts = new HashMap<>();
              for (Row row : rows) {
                texts.put(SqlValues.hex(row.getBuffer("sha256")), text(row));
              }
              return texts;
            });
  }

  private static ScriptText text(Row row) {
    return new ScriptText(
        SqlValues.hex(row.getBuffer("fingerprint")),
        SqlValues.hex(row.getBuffer("skeleton")),
        new TreeSet<>(List.of(row.getArrayOfStrings("hosts"))),
        new TreeSet<>(List.of(row.getArrayOfStrings("constructs"))));
  }

  /** Adds what is not there yet. */
  public static Future<Void> add(SqlClient client, Map<String, ScriptText> texts) {
    if (texts.isEmpty()) return Future.succeededFuture();
    List<Map.Entry<String, ScriptText>> all = List.copyOf(texts.entrySet());
    return client
        .preparedQuery(ChangeQueries.ADD_TEXTS)
        .execute(
            tuple(
                all.stream().map(e -> SqlValues.bytes(e.getKey())).toArray(Buffer[]::new),
                hashes(all, ScriptText::fingerprint),
                hashes(all, ScriptText::skeleton),
                lines(all, ScriptText::hosts),
                lines(all, ScriptText::constructs)))
        .mapEmpty();
  }

  private static Buffer[] hashes(
      List<Map.Entry<String, ScriptText>> all, Function<ScriptText, String> hash) {
    return all.stream().map(e -> SqlValues.bytes(hash.apply(e.getValue()))).toArray(Buffer[]::new);
  }

  /** One text a row: PostgreSQL has no arrays of arrays of different lengths. */
  private static String[] lines(
      List<Map.Entry<String, ScriptText>> all, Function<ScriptText, Set<String>> names) {
    return all.stream()
        .map(e -> String.join("\n", names.apply(e.getValue())))
        .toArray(String[]::new);
  }
}
