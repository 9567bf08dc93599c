package org.tagwarden.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tagwarden.collector.access.GroupRoles;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.alerts.bounces.BounceSettings;
import org.tagwarden.collector.config.ConfigException;
import org.tagwarden.collector.config.ConfigKey;
import org.tagwarden.collector.db.DatabaseSettings;

class ServerConfigTest {
  /** Tests run in the module's folder. */
  private static final Path DOCUMENTED = Path.of("..", "configs", "server.yaml");

  @TempDir Path folder;

  @Test
  void without_any_setting_the_defaults_hold() {
    assertThat(load(Map.of()))
        .isEqualTo(
            new ServerConfig(
                "127.0.0.1",
                8844,
                "http://localhost:8844",
                ServerConfig.ForwardedFor.IGNORE,
                Path.of(".tagwarden").toAbsolutePath(),
                null,
                new ServerConfig.Smtp(
                    null,
                    587,
                    ServerConfig.Smtp.Tls.STARTTLS,
                    null,
                    null,
                    "Tagwarden <tagwarden@localhost>"),
                new ServerConfig.Alerts(
                    Path.of(".tagwarden").toAbsolutePath().resolve("secrets"),
                    false,
                    new BounceSettings(
                        null, null, 993, BounceSettings.Tls.TLS, "", "", "INBOX", 5)),
                new ServerConfig.Limits(32, 256, 60, 12),
                new ServerConfig.Retention(400, 90, 1100),
                null,
                new ServerConfig.Oidc(
                    null,
                    "",
                    null,
                    "openid email profile",
                    "groups",
                    new GroupRoles(List.of()),
                    15,
                    "Single sign-on")));
  }

  @Test
  void the_documented_file_says_the_defaults() {
    assertThat(ServerConfig.load(DOCUMENTED, Map.of())).isEqualTo(load(Map.of()));
  }

  @Test
  void the_documented_file_names_every_key_and_its_variable() throws IOException {
    String file = Files.readString(DOCUMENTED);
    for (ConfigKey key : ServerConfig.KEYS) {
      String last = key.name().substring(key.name().lastIndexOf('.') + 1);
      assertThat(file).contains("(" + key.environmentName() + ")").contains(last + ":");
    }
  }

  @Test
  void the_environment_wins_over_the_file() throws IOException {
    Path file = file("port: 9000\nsmtp:\n  host: mail.example\n");

    ServerConfig config = ServerConfig.load(file, Map.of("TAGWARDEN_PORT", "9001"));
    assertThat(config.port()).isEqualTo(9001);
    assertThat(config.publicUrl()).isEqualTo("http://localhost:9001");
    assertThat(config.smtp().host()).isEqualTo("mail.example");
  }

  @Test
  void a_database_url_may_come_by_the_name_that_everybody_knows() {
    assertThat(load(Map.of("DATABASE_URL", "postgresql://t@db.example/tw")).database())
        .isEqualTo(new DatabaseSettings("db.example", 5432, "tw", "t", "", "prefer"));
  }

  @Test
  void a_key_that_does_not_exist_is_refused_with_the_nearest_that_does() throws IOException {
    Path file = file("smtp:\n  hots: mail.example\n");

    assertThatThrownBy(() -> ServerConfig.load(file, Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(file + ": there is no setting \"smtp.hots\"; did you mean \"smtp.host\"?");
  }

  @Test
  void bad_values_are_refused_by_key() throws IOException {
    refused(Map.of("TAGWARDEN_PORT", "eighty"), "port", "1 to 65535", "eighty");
    refused(Map.of("TAGWARDEN_PORT", "70000"), "port", "70000");
    refused(Map.of("TAGWARDEN_SMTP_TLS", "ssl"), "smtp.tls", "starttls, tls, none");
    refused(
        Map.of("TAGWARDEN_ALERTS_MAIL_BOUNCE_ADDRESS", "b+*@*"),
        "alerts.mail.bounce-address",
        "bounces+*@example.org");
    refused(Map.of("TAGWARDEN_ALERTS_BOUNCES_HOST", "imap.example"), "alerts.bounces.user");
    refused(Map.of("TAGWARDEN_PUBLIC_URL", "tagwarden"), "public-url", "https://");
    refused(Map.of("TAGWARDEN_DATABASE_URL", "mysql://x"), "database.url");
    Path list = file("port: [1, 2]\n");
    assertThatThrownBy(() -> ServerConfig.load(list, Map.of())).hasMessageContaining("port");
    Path text = file("just a text");
    assertThatThrownBy(() -> ServerConfig.load(text, Map.of())).hasMessageContaining("keys");
    Path missing = folder.resolve("missing.yaml");
    assertThatThrownBy(() -> ServerConfig.load(missing, Map.of())).hasMessageContaining("missing");
  }

  @Test
  void roles_of_groups_are_read_and_a_mistake_is_refused_by_key() {
    Map<String, String> environment = new HashMap<>();
    environment.put("TAGWARDEN_OIDC_ISSUER", "https://login.example.com/realm");
    environment.put("TAGWARDEN_OIDC_CLIENT_ID", "tagwarden");
    environment.put("TAGWARDEN_OIDC_ROLES", "tw=admin; cn=shop,ou=it = approver @ Acme Retail");
    assertThat(load(environment).oidc().roles().rules())
        .containsExactly(
            new GroupRoles.Rule("tw", Role.ADMIN, Optional.empty()),
            new GroupRoles.Rule("cn=shop,ou=it", Role.APPROVER, Optional.of("Acme Retail")));
    environment.put("TAGWARDEN_OIDC_ROLES", "tw=boss");
    refused(environment, "oidc.roles", "boss");
    environment.put("TAGWARDEN_OIDC_ROLES", "admins");
    refused(environment, "oidc.roles", "GROUP=ROLE");
    refused(Map.of("TAGWARDEN_OIDC_ISSUER", "https://a.example"), "oidc.client-id");
    refused(Map.of("TAGWARDEN_OIDC_ISSUER", "login"), "oidc.issuer", "https://");
  }

  @Test
  void what_is_in_force_is_told_without_its_secrets() {
    Map<String, String> environment =
        Map.of("TAGWARDEN_SMTP_PASSWORD", "s3cret", "TAGWARDEN_DATABASE_PASSWORD", "s3cret");

    assertThat(ServerConfig.describe(null, environment))
        .contains("port: 8844", "smtp.password: ********")
        .doesNotContain("s3cret");
    assertThat(load(environment).toString()).doesNotContain("s3cret");
  }

  @Test
  void a_password_inside_the_database_url_is_not_told_either() {
    Map<String, String> environment =
        Map.of("TAGWARDEN_DATABASE_URL", "postgresql://t:s3cret@db.example/tw?password=s3cret");

    assertThat(ServerConfig.describe(null, environment))
        .contains("db.example")
        .doesNotContain("s3cret");
    assertThat(load(environment).toString()).doesNotContain("s3cret");
  }

  private static ServerConfig load(Map<String, String> environment) {
    return ServerConfig.load((@Nullable Path) null, new HashMap<>(environment));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "server", ".yaml"), text);
  }

  private static void refused(Map<String, String> environment, String... said) {
    assertThatThrownBy(() -> load(environment))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(said);
  }
}
