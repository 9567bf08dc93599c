package org.tagwarden.collector.changes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tagwarden.collector.checks.Severity;

class WatchedHeadersTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "script-src 'nonce-abc' ; default-src 'self'|default-src 'self'; script-src 'nonce-xyz'",
        "img-src a.example b.example|IMG-SRC  b.example a.example",
        "script-src 'sha256-aaa=' 'sha256-bbb='|script-src 'sha256-ccc='",
      })
  void a_policy_with_another_nonce_or_order_is_the_same(String one, String other) {
    String name = "Content-Security-Policy";

    assertThat(WatchedHeaders.normal(name, one)).isEqualTo(WatchedHeaders.normal(name, other));
  }

  @Test
  void another_source_is_another_policy() {
    String name = "Content-Security-Policy";

    assertThat(WatchedHeaders.normal(name, "img-src a.example"))
        .isNotEqualTo(WatchedHeaders.normal(name, "img-src a.example b.example"));
  }

  @Test
  void other_headers_keep_their_numbers() {
    assertThat(WatchedHeaders.normal("Strict-Transport-Security", " max-age=31536000 "))
        .isEqualTo("max-age=31536000");
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Security-Policy, x, '', HIGH",
    "Content-Security-Policy, x, y, MEDIUM",
    "Permissions-Policy, x, '', MEDIUM",
    "Permissions-Policy, x, y, LOW",
    "X-Frame-Options, '', DENY, LOW"
  })
  void a_protection_that_is_gone_is_worse_than_one_that_changed(
      String name, String before, String now, Severity severity) {
    assertThat(WatchedHeaders.severity(name, before, now)).isEqualTo(severity);
  }
}
