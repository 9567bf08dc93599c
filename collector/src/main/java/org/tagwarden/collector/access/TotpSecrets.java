package org.tagwarden.collector.access;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.collector.db.Database;

/** The secrets of people's apps as the database keeps them: sealed. */
final class TotpSecrets {
  private static final Logger LOG = LoggerFactory.getLogger(TotpSecrets.class);
  private static final String LOST =
      "The second factors of {} people are sealed with another key than second-factor-key in the"
          + " data folder: the codes of their apps cannot be checked. Put the file back from a"
          + " backup and start again. Without it they come in with a recovery code, or an"
          + " administrator switches their second factor off (Access, the person's page); for the"
          + " last administrator, on this machine: scripts/tagwarden second-factor off ADDRESS";

  private final Database database;
  private final Seal seal;
  private final AuditLog audit;

  TotpSecrets(Database database, Seal seal, AuditLog audit) {
    this.database = database;
    this.seal = seal;
    this.audit = audit;
  }

  Buffer sealed(int personId, byte[] secret) {
    return Buffer.buffer(seal.seal(personId, secret));
  }

  /** The secret of a row; empty when this server's key is not the one that sealed it. */
  Optional<byte[]> of(int personId, Row row) {
    Buffer sealed = row.getBuffer("sealed");
    return sealed == null
        ? Optional.of(row.getBuffer("secret").getBytes())
        : seal.open(personId, sealed.getBytes());
  }

  /** Seals what an earlier version stored in clear, and logs how many another key has sealed. */
  Future<Void> sealAll() {
    return database
        .inTransaction(
            connection ->
                connection
                    .query(SecondFactorQueries.IN_CLEAR)
                    .execute()
                    .compose(rows -> sealAll(connection, rows)))
        .compose(this::shred)
        .compose(done -> lost())
        .map(
            lost -> {
              if (lost > 0) LOG.error(LOST, lost);
              return null;
            });
  }

  private Future<Integer> sealAll(SqlClient connection, RowSet<Row> rows) {
    if (rows.size() == 0) return Future.succeededFuture(0);
    List<Tuple> sealed = new ArrayList<>();
    for (Row row : rows) {
      int person = row.getInteger("person_id");
      sealed.add(Tuple.of(person, sealed(person, row.getBuffer("secret").getBytes())));
    }
    AuditEntry entry =
        AuditEntry.of(
                "Tagwarden", Origin.PROGRAM, null, "seal second factors", "of " + sealed.size())
            .changed(Map.of("sealed", false), Map.of("sealed", true));
    return connection
        .preparedQuery(SecondFactorQueries.SEAL)
        .executeBatch(sealed)
        .compose(done -> audit.write(connection, entry))
        .map(sealed.size());
  }

  /** What was in clear must not lie on the disk as dead rows. */
  private Future<Void> shred(int sealed) {
    if (sealed == 0) return Future.succeededFuture();
    return database.pool().query(SecondFactorQueries.SHRED).execute().mapEmpty();
  }

  private Future<Integer> lost() {
    return database
        .pool()
        .preparedQuery(SecondFactorQueries.OTHER_KEY)
        .execute(Tuple.of(Buffer.buffer(seal.mark())))
        .map(rows -> rows.iterator().next().getInteger("count"));
  }
}
