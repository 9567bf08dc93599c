package org.tagwarden.collector.intake;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.db.Blobs;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlValues;

/** Script bodies in the database. */
final class StoredScripts {
  private static final int PATIENCE_SECONDS = 30;
  private static final int REMEMBERED = 50_000;

  private final Database database;
  private final RecentlyUsed<String, Boolean> stored = new RecentlyUsed<>(REMEMBERED);

  StoredScripts(Database database) {
    this.database = database;
  }

  /** Which of these scripts have their bodies here. */
  Future<Set<String>> stored(Collection<String> hashes) {
    Set<String> here = new HashSet<>();
    Set<String> unsure = new HashSet<>();
    for (String sha256 : hashes) (stored.get(sha256) != null ? here : unsure).add(sha256);
    if (unsure.isEmpty()) return Future.succeededFuture(here);
    Buffer[] keys = unsure.stream().map(SqlValues::bytes).toArray(Buffer[]::new);
    return database
        .pool()
        .preparedQuery(IntakeQueries.WITH_BODY)
        .execute(SqlValues.tuple((Object) keys))
        .map(
            rows -> {
              for (Row row : rows) {
                String sha256 = SqlValues.hex(row.getBuffer("sha256"));
                stored.putAll(Map.of(sha256, true));
                here.add(sha256);
              }
              return here;
            });
  }

  /** A script's text, or null when its body never came. Blocks: for worker threads only. */
  @Nullable String body(String sha256) {
    Future<@Nullable String> text =
        database
            .pool()
            .preparedQuery(IntakeQueries.BODY)
            .execute(Tuple.of(SqlValues.bytes(sha256)))
            .map(
                rows ->
                    rows.size() == 0 ? null : Blobs.text(rows.iterator().next().getBuffer("body")));
    try {
      return text.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("The body of script " + sha256 + " could not be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while reading script " + sha256, e);
    }
  }
}
