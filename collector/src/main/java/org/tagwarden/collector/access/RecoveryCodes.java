package org.tagwarden.collector.access;

import com.google.common.base.CharMatcher;
import com.google.common.io.BaseEncoding;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tagwarden.collector.db.SqlTime;

/** Ten codes that each work once, for whoever lost the app. Their hashes are stored only. */
final class RecoveryCodes {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int CODES = 10;
  private static final int BYTES = 10;

  private RecoveryCodes() {}

  /** 80 random bits each: too many to be guessed from a hash. */
  static List<String> fresh() {
    List<String> codes = new ArrayList<>();
    byte[] bytes = new byte[BYTES];
    for (int i = 0; i < CODES; i++) {
      RANDOM.nextBytes(bytes);
      String text = BaseEncoding.base32().encode(bytes).toLowerCase(Locale.ROOT);
      codes.add(text.replaceAll("(.{4})(?!$)", "$1-"));
    }
    return codes;
  }

  static Future<Void> store(SqlClient connection, int personId, List<String> codes) {
    List<Tuple> rows =
        codes.stream().map(code -> Tuple.of(personId, SecretToken.sha256(plain(code)))).toList();
    return connection.preparedQuery(SecondFactorQueries.INSERT_CODE).executeBatch(rows).mapEmpty();
  }

  /** Whether it is one of this person's that was not used yet; it is used up with that. */
  static Future<Boolean> use(SqlClient connection, int personId, String code, Clock clock) {
    return connection
        .preparedQuery(SecondFactorQueries.USE_CODE)
        .execute(Tuple.of(personId, SecretToken.sha256(plain(code)), SqlTime.now(clock)))
        .map(rows -> rows.rowCount() == 1);
  }

  static Future<Void> drop(SqlClient connection, int personId) {
    return connection
        .preparedQuery(SecondFactorQueries.DELETE_CODES)
        .execute(Tuple.of(personId))
        .mapEmpty();
  }

  /** However it is typed. */
  private static String plain(String code) {
    return CharMatcher.whitespace()
        .or(CharMatcher.is('-'))
        .removeFrom(code)
        .toLowerCase(Locale.ROOT);
  }
}
