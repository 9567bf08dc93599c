package org.tagwarden.collector.access;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.collector.Rounds;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlValues;

/**
 * Signs the audit log as it grows, and notices when what was signed is not there any more. The
 * newest seal lies in the database, for exports, and in a file beside the data, where whoever owns
 * the database does not reach: against that one the log is held before it is signed again.
 */
public final class AuditSeals {
  private static final Logger LOG = LoggerFactory.getLogger(AuditSeals.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final int PORTION = 1_000;
  private static final State NOTHING = new State(0, null, null);

  private final Vertx vertx;
  private final Database database;
  private final SigningKey key;
  private final SealStore store;
  private final SealFile file;
  private final Clock clock;
  private final Rounds rounds;
  private volatile State state = NOTHING;

  /**
   * @param key signs the seals
   * @param dataDir where the newest one is kept
   */
  public AuditSeals(Vertx vertx, Database database, SigningKey key, Path dataDir, Clock clock) {
    this.vertx = vertx;
    this.database = database;
    this.key = key;
    this.store = new SealStore(database, key);
    this.file = new SealFile(dataDir);
    this.clock = clock;
    this.rounds =
        new Rounds(
            vertx, PAUSE, this::seal, e -> LOG.error("The audit log could not be signed", e));
  }

  /**
   * How it stands.
   *
   * @param entries up to which entry the log is signed; 0: nothing yet
   * @param at when; null: never
   * @param problem what is wrong with the log, in a sentence; null: nothing
   */
  public record State(long entries, @Nullable Instant at, @Nullable String problem) {}

  /** As the last round found it. */
  public State state() {
    return state;
  }

  /** The fingerprint of the key that signs, to be kept in another place. */
  public String fingerprint() {
    return key.fingerprint();
  }

  /** A round a minute. */
  public void start() {
    rounds.start();
  }

  /** Ends with the round in hand. */
  public Future<Void> stop() {
    return rounds.stop();
  }

  /** One round: holds the log against the newest seal, and signs what came since. */
  public Future<State> seal() {
    return vertx
        .executeBlocking(file::read)
        .compose(kept -> kept.isPresent() ? Future.succeededFuture(kept) : store.newest())
        .compose(
            last -> last.isEmpty() ? goOn(NOTHING, AuditFile.NO_HASH) : holdAgainst(last.get()))
        .map(this::noted);
  }

  private State noted(State now) {
    String problem = now.problem();
    if (problem != null && !problem.equals(state.problem())) LOG.error("{}", problem);
    state = now;
    return now;
  }

  private Future<State> holdAgainst(AuditSeal last) {
    State before = new State(last.seq(), last.at(), null);
    return database
        .pool()
        .preparedQuery(AuditQueries.HASH_OF)
        .execute(SqlValues.tuple(last.seq()))
        .compose(
            rows -> {
              if (rows.size() == 0) return Future.succeededFuture(changed(before, gone(last)));
              String hash = rows.iterator().next().getString("hash");
              return hash.equals(last.hash())
                  ? goOn(before, hash)
                  : Future.succeededFuture(changed(before, another(last)));
            });
  }

  private static String gone(AuditSeal last) {
    return "entry "
        + last.seq()
        + ", signed at "
        + last.at()
        + ", is not there any more. The newest entries were removed, or an older database was put"
        + " back: if that was meant, remove the file "
        + SealFile.NAME
        + " from the data folder.";
  }

  private static String another(AuditSeal last) {
    return "entry "
        + last.seq()
        + ", signed at "
        + last.at()
        + ", is another one now. It, or entries before it, were written anew by somebody who owns"
        + " the database.";
  }

  private static State changed(State before, String what) {
    return new State(before.entries(), before.at(), "The audit log was changed: " + what);
  }

  /**
   * Computes the hashes of what came since again, portion by portion, and signs the newest.
   *
   * @param hash of the newest entry that was looked at
   */
  private Future<State> goOn(State before, String hash) {
    return goOn(before, before.entries(), hash);
  }

  private Future<State> goOn(State before, long seq, String hash) {
    return database
        .pool()
        .preparedQuery(AuditQueries.TEXTS)
        .execute(SqlValues.tuple(seq, PORTION))
        .compose(rows -> follow(before, seq, hash, rows));
  }

  private Future<State> follow(State before, long seq, String hash, RowSet<Row> rows) {
    long newest = seq;
    String stored = hash;
    for (Row row : rows) {
      byte[] text = row.getString("text").getBytes(StandardCharsets.UTF_8);
      AuditFile.Chained entry = new AuditFile.Chained(text, row.getString("hash"));
      if (row.getLong("seq") != newest + 1 || !entry.hash().equals(entry.hashAfter(stored))) {
        String what =
            "entry " + (newest + 1) + " is missing or does not fit its hash: somebody changed it.";
        return Future.succeededFuture(changed(before, what));
      }
      newest++;
      stored = entry.hash();
    }
    if (rows.size() == PORTION) return goOn(before, newest, stored);
    return newest == before.entries() ? Future.succeededFuture(before) : sign(newest, stored);
  }

  private Future<State> sign(long seq, String hash) {
    AuditSeal seal = AuditSeal.of(key, seq, hash, clock.instant());
    return store
        .add(seal)
        .compose(
            added ->
                vertx.executeBlocking(
                    () -> {
                      file.write(seal);
                      return new State(seal.seq(), seal.at(), null);
                    }));
  }
}
