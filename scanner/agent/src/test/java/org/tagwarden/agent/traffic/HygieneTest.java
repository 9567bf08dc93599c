package org.tagwarden.agent.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tagwarden.report.Header;

class HygieneTest {
  @Test
  void cookiesAreHashedAndCredentialsRemoved() {
    List<Header> clean =
        Hygiene.clean(
            List.of(
                new Header("Cookie", "a=secret; b=other"),
                new Header("Set-Cookie", "a=secret; Path=/; HttpOnly"),
                new Header("authorization", "Bearer secret"),
                new Header("Accept", "*/*")));
    String hash = Hygiene.cookieHash("secret");
    assertThat(hash).hasSize(16);
    assertThat(clean)
        .containsExactly(
            new Header("Cookie", "a=sha256:" + hash + "; b=sha256:" + Hygiene.cookieHash("other")),
            new Header("Set-Cookie", "a=sha256:" + hash + "; Path=/; HttpOnly"),
            new Header("authorization", "[removed]"),
            new Header("Accept", "*/*"));
  }

  @Test
  void theAuthoritysKeyIsReadableByItsOwnerAloneAndKeptForTheNextStart(@TempDir Path folder)
      throws Exception {
    CertificateAuthority made = CertificateAuthority.in(folder);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("ca-key.pem"))))
        .isEqualTo("rw-------");
    assertThat(CertificateAuthority.in(folder).spkiSha256()).isEqualTo(made.spkiSha256());
  }
}
