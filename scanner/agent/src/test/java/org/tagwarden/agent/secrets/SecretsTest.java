package org.tagwarden.agent.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where secrets come from, and that they are taken out of what leaves the scanner. */
class SecretsTest {
  private @TempDir Path data;

  @Test
  void aSecretComesFromTheEnvironmentUnderItsNameInCapitals() {
    Secrets secrets = new Secrets(data, Map.of("TAGWARDEN_SECRET_SHOP_LOGIN", "open sesame"));
    assertThat(secrets.resolve("x-key: ${secret:shop-login}!")).isEqualTo("x-key: open sesame!");
  }

  @Test
  void aSecretComesFromAFileThatOnlyItsOwnerReads() throws IOException {
    file("login", "from-the-file\n", "rw-------");
    assertThat(new Secrets(data, Map.of()).resolve("${secret:login}")).isEqualTo("from-the-file");
  }

  @Test
  void aFileThatOthersCanReadIsRefusedWithWhatToDo() throws IOException {
    file("login", "from-the-file", "rw-r--r--");
    assertThatThrownBy(() -> new Secrets(data, Map.of()).resolve("${secret:login}"))
        .isInstanceOf(MissingSecretException.class)
        .hasMessageContaining("chmod 600")
        .hasMessageNotContaining("from-the-file");
  }

  @Test
  void aMissingSecretIsSaidInOneSentenceThatNamesBothPlaces() {
    assertThatThrownBy(() -> new Secrets(data, Map.of()).resolve("Bearer ${secret:api}"))
        .isInstanceOf(MissingSecretException.class)
        .hasMessageContaining("no secret api")
        .hasMessageContaining("TAGWARDEN_SECRET_API")
        .hasMessageContaining(data.resolve("secrets/api").toString());
  }

  @Test
  void aNameCannotLeadOutOfTheFolder() {
    assertThatThrownBy(() -> new Secrets(data, Map.of()).resolve("${secret:../proxy/ca.key}"))
        .isInstanceOf(MissingSecretException.class)
        .hasMessageContaining("no name of a secret");
  }

  @Test
  void aSecretThatIsTooShortToBeFoundAgainIsRefused() {
    Secrets secrets = new Secrets(data, Map.of("TAGWARDEN_SECRET_PIN", "1234"));
    assertThatThrownBy(() -> secrets.resolve("${secret:pin}"))
        .hasMessageContaining("shorter than 6 characters")
        .hasMessageNotContaining("1234");
  }

  @Test
  void whatWasGivenOutIsMaskedInEveryFormThatPagesAndProtocolsPassOn() {
    Secrets secrets = new Secrets(data, Map.of("TAGWARDEN_SECRET_PW", "a \"b\"&c=ü!"));
    String before = "a \"b\"&c=ü!";
    assertThat(secrets.masked(before)).as("nothing was given out yet").isEqualTo(before);
    secrets.resolve("${secret:pw}");
    assertThat(secrets.masked("q=a+%22b%22%26c%3D%C3%BC%21")).isEqualTo("q=(secret:pw)");
    assertThat(secrets.masked("q=a%20%22b%22%26c%3D%C3%BC%21")).isEqualTo("q=(secret:pw)");
    assertThat(secrets.masked("q=a%20%22b%22%26c%3D%C3%BC!")).isEqualTo("q=(secret:pw)");
    assertThat(secrets.masked("{\"q\":\"a \\\"b\\\"&c=ü!\"}")).isEqualTo("{\"q\":\"(secret:pw)\"}");
    assertThat(secrets.masked("YSAiYiImYz3DvCE=")).isEqualTo("(secret:pw)");
    assertThat(secrets.shows("<" + before + ">")).isTrue();
    assertThat(secrets.shows("harmless")).isFalse();
  }

  @Test
  void aTextWithoutReferencesStaysAsItIs() {
    Secrets secrets = new Secrets(data, Map.of());
    assertThat(secrets.resolve("$5 {secret} ${other:x}")).isEqualTo("$5 {secret} ${other:x}");
    assertThat(secrets.used()).isFalse();
  }

  private void file(String name, String text, String rights) throws IOException {
    Path folder = Files.createDirectories(data.resolve("secrets"));
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
  }
}
