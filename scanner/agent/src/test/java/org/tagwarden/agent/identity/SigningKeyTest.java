package org.tagwarden.agent.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tagwarden.agent.ScannerUnfitException;

/** The scanner's key pair and what it signs. */
class SigningKeyTest {
  private @TempDir Path folder;

  @Test
  void theKeyIsMadeOnceAndStays() {
    String first = SigningKey.in(folder).jwk();
    assertThat(SigningKey.in(folder).jwk()).isEqualTo(first);
    assertThat(SigningKey.in(folder.resolve("other")).jwk()).isNotEqualTo(first);
  }

  @Test
  void theKeysNameIsTheThumbprintOfItsJwk() throws Exception {
    SigningKey key = SigningKey.in(folder);
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(key.jwk().getBytes(StandardCharsets.UTF_8));
    assertThat(key.keyId()).isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
    assertThat(key.jwk()).matches("\\{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"[\\w-]{43}\"}");
  }

  @Test
  void aBrokenKeyIsSaidWithWhatToDo() throws Exception {
    Files.writeString(folder.resolve("signing-key"), "nonsense\n");
    assertThatThrownBy(() -> SigningKey.in(folder))
        .isInstanceOf(ScannerUnfitException.class)
        .hasMessageContaining("Remove the file");
  }

  @Test
  void aSignatureIsForOneAuthorityAndForFiveMinutes() throws Exception {
    SigningKey key = SigningKey.in(folder);
    SignatureCheck check = new SignatureCheck(key.jwk());
    Map<String, String> now = lower(new RequestSigner(key, null, Clock.systemUTC()), 8443);
    assertThat(check.verifies(now, "shop.example:8443")).isTrue();
    assertThat(check.verifies(now, "shop.example")).isFalse();
    Clock before = Clock.fixed(Instant.now().minusSeconds(301), ZoneOffset.UTC);
    assertThat(check.verifies(lower(new RequestSigner(key, null, before), null), "shop.example"))
        .isFalse();
  }

  private static Map<String, String> lower(RequestSigner signer, Integer port) {
    Map<String, String> headers = new java.util.HashMap<>();
    signer.headers("Shop.Example", port).forEach((n, v) -> headers.put(n.toLowerCase(), v));
    return headers;
  }
}
