package org.tagwarden.collector.db;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.db.TestDatabase.await;

import com.google.common.io.BaseEncoding;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.ServerConfig;
import org.tagwarden.collector.access.AuthenticatorApp;
import org.tagwarden.collector.access.Principal;

/** What an earlier version kept of second factors in clear is sealed at the first start. */
@Tag("database")
class NinthVersionTest {
  private static final String SECRET =
      BaseEncoding.base32().encode("twenty bytes, secret".getBytes(US_ASCII));

  private static final String EARLIER_ROWS =
      """
      INSERT INTO person (email, name, created_at) VALUES
        ('ann@example.com', 'Ann', now()), ('bo@example.com', 'Bo', now());
      INSERT INTO person_totp (person_id, secret, confirmed_at)
        VALUES (1, 'twenty bytes, secret', now()), (2, 'twenty other bytes !', NULL);
      """;

  @TempDir Path folder;

  @Test
  void the_codes_of_an_earlier_versions_apps_still_fit_and_their_secrets_are_gone_from_the_rows()
      throws Exception {
    DatabaseSettings settings = TestDatabase.empty();
    Flyway.configure()
        .dataSource(settings.jdbcUrl(), settings.user(), settings.password())
        .target("7")
        .load()
        .migrate();
    TestDatabase.sql(settings, EARLIER_ROWS);
    Vertx vertx = Vertx.vertx();
    ServerConfig config = ServerConfig.load(null, Map.of("TAGWARDEN_DATA_DIR", folder.toString()));

    for (int start = 0; start < 2; start++) {
      Collector collector = await(Collector.open(vertx, config, settings, Clock.systemUTC()));
      var left =
          await(
                  collector
                      .database()
                      .pool()
                      .query(
                          """
                          SELECT count(*) FILTER (WHERE secret IS NOT NULL)::int AS clear,
                            count(*) FILTER (WHERE sealed IS NOT NULL)::int AS sealed,
                            (SELECT count(*)::int FROM audit_entry
                             WHERE action = 'seal second factors') AS told
                          FROM person_totp
                          """)
                      .execute())
              .iterator()
              .next();
      assertThat(left.toJson().encode()).isEqualTo("{\"clear\":0,\"sealed\":2,\"told\":1}");
      if (start == 1) {
        Principal ann = new Principal(1, "Ann", null, Map.of());
        String code = new AuthenticatorApp(SECRET).code(Instant.now().getEpochSecond() / 30);
        await(collector.access().secondFactor().off(ann, "ann@example.com", code));
      }
      await(collector.close());
    }
    await(vertx.close());
  }
}
