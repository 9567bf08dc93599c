package org.tagwarden.collector.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TotpTest {
  private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  @Test
  void the_codes_are_those_of_rfc_6238() {
    Map.of(
            59L, "287082",
            1111111109L, "081804",
            1111111111L, "050471",
            1234567890L, "005924",
            2000000000L, "279037",
            20000000000L, "353130")
        .forEach(
            (second, code) -> {
              long step = Totp.step(Instant.ofEpochSecond(second));
              assertThat(Totp.code(SECRET, step)).as("second %d", second).isEqualTo(code);
            });
  }

  @Test
  void a_code_fits_half_a_minute_early_and_late_and_never_again() {
    Instant now = Instant.ofEpochSecond(1_234_567_890L);
    String code = Totp.code(SECRET, Totp.step(now));
    for (int seconds : new int[] {-30, 0, 30}) {
      assertThat(Totp.matching(SECRET, code, now.plusSeconds(seconds), 0)).isPresent();
    }
    for (int seconds : new int[] {-60, 60}) {
      assertThat(Totp.matching(SECRET, code, now.plusSeconds(seconds), 0)).isEmpty();
    }
    assertThat(Totp.matching(SECRET, code, now, Totp.step(now))).isEmpty();
    assertThat(Totp.matching(SECRET, "", now, 0)).isEmpty();
  }

  @Test
  void an_app_reads_the_link() {
    assertThat(Totp.uri("ann+x@example.com", SECRET))
        .isEqualTo(
            "otpauth://totp/Tagwarden:ann%2Bx%40example.com"
                + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Tagwarden");
  }
}
