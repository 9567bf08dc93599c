package org.tagwarden.collector.intake;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.tagwarden.collector.changes.ScriptTextRows;
import org.tagwarden.collector.changes.text.ScriptText;
import org.tagwarden.collector.db.Database;

/** Texts of scripts that were read before, through a bounded memory. */
final class ScriptTexts {
  private static final int REMEMBERED = 5_000;

  private final Database database;
  private final RecentlyUsed<String, ScriptText> remembered = new RecentlyUsed<>(REMEMBERED);

  ScriptTexts(Database database) {
    this.database = database;
  }

  /** Those of these hashes that were read before. */
  Future<Map<String, ScriptText>> read(Collection<String> hashes) {
    Map<String, ScriptText> texts = new HashMap<>();
    Set<String> missing = new HashSet<>();
    for (String sha256 : hashes) {
      ScriptText text = remembered.get(sha256);
      if (text == null) missing.add(sha256);
      else texts.put(sha256, text);
    }
    return ScriptTextRows.read(database.pool(), missing)
        .map(
            found -> {
              remembered.putAll(found);
              texts.putAll(found);
              return texts;
            });
  }

  /** Stores what was read for the first time, with the visit. */
  static Future<Void> add(SqlConnection tx, Map<String, ScriptText> read) {
    return ScriptTextRows.add(tx, read);
  }
}
