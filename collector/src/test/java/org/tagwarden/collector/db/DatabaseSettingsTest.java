package org.tagwarden.collector.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DatabaseSettingsTest {
  @Test
  void reads_a_whole_url() {
    assertThat(
            DatabaseSettings.parse(
                "postgresql://tag:p%40ss+1@db.example:6432/tagwarden?sslmode=verify-full",
                null, null))
        .isEqualTo(
            new DatabaseSettings("db.example", 6432, "tagwarden", "tag", "p@ss+1", "verify-full"));
  }

  @Test
  void fills_in_what_libpq_would_fill_in() {
    assertThat(DatabaseSettings.parse("postgres://tag@db.example", null, null))
        .isEqualTo(new DatabaseSettings("db.example", 5432, "tag", "tag", "", "prefer"));
  }

  @Test
  void a_user_and_a_password_beside_the_url_win() {
    assertThat(DatabaseSettings.parse("jdbc:postgresql://db.example/x?user=a", "b", "c"))
        .isEqualTo(new DatabaseSettings("db.example", 5432, "x", "b", "c", "prefer"));
  }

  @Test
  void what_is_no_url_is_refused_without_repeating_it() {
    assertThatThrownBy(() -> DatabaseSettings.parse("mysql://root:s3cret@host/x", null, null))
        .hasMessageContaining("postgresql://user:password@host:5432/name")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void logs_never_show_the_password() {
    assertThat(DatabaseSettings.parse("postgresql://a:s3cret@h/x", null, null).toString())
        .isEqualTo("postgresql://a@h:5432/x");
  }
}
