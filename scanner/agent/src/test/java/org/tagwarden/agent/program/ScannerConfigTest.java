package org.tagwarden.agent.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScannerConfigTest {
  private static final Map<String, String> NEEDED =
      Map.of("server", "http://127.0.0.1:8844", "token", "secret-token");

  @TempDir Path folder;

  @Test
  void the_defaults_are_these() {
    ScannerConfig config = ScannerConfig.load(null, Map.of(), NEEDED);
    assertThat(config.jobs()).isEqualTo(2);
    assertThat(config.lighthouse()).isTrue();
    assertThat(config.spoolLimitBytes()).isEqualTo(2_000_000_000L);
    assertThat(config.settings().name()).isEqualTo("scanner-1");
    assertThat(config.settings().concurrency()).isEqualTo(4);
    assertThat(config.settings().noSandbox()).isFalse();
    assertThat(config.settings().connectTo()).isEmpty();
  }

  @Test
  void the_command_line_wins_over_the_environment_and_that_over_the_file() throws IOException {
    Path file =
        file("server: http://file.example\ntoken: t\nname: from-file\njobs: 3\nconcurrency: 5\n");
    Map<String, String> environment =
        Map.of("TAGWARDEN_SCANNER_NAME", "from-environment", "TAGWARDEN_SCANNER_JOBS", "4");
    ScannerConfig config = ScannerConfig.load(file, environment, Map.of("jobs", "5"));
    assertThat(config.server()).isEqualTo(URI.create("http://file.example"));
    assertThat(config.settings().name()).isEqualTo("from-environment");
    assertThat(config.settings().concurrency()).isEqualTo(5);
    assertThat(config.jobs()).isEqualTo(5);
  }

  @Test
  void a_key_that_does_not_exist_is_refused_by_name() throws IOException {
    Path file = file("servr: http://127.0.0.1\n");
    assertThatThrownBy(() -> ScannerConfig.load(file, Map.of(), Map.of()))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("\"servr\"")
        .hasMessageContaining(file.toString());
  }

  @Test
  void a_value_that_cannot_be_used_is_refused_with_its_key() throws IOException {
    refused("jobs: none\n", "jobs is \"none\"");
    refused("lighthouse: yep\n", "lighthouse is \"yep\"");
    refused("connect-to: [nonsense]\n", "connect-to:");
    refused("ca-certificate: /nowhere.pem\n", "ca-certificate: /nowhere.pem");
    refused("server: example\n", "server is \"");
  }

  @Test
  void the_token_is_never_logged() {
    assertThat(ScannerConfig.load(null, Map.of(), NEEDED).toString())
        .doesNotContain("secret-token");
  }

  @Test
  void the_documented_example_names_every_key_and_can_be_loaded() throws IOException {
    Path example = Path.of("../../configs/scanner.yaml");
    String text = Files.readString(example);
    for (ScannerKey key : ScannerKey.values())
      assertThat(text)
          .containsPattern("(?m)^#? ?" + key.key() + ":")
          .contains(key.variable())
          .contains(key.purpose());
    ScannerConfig.load(example, Map.of("TAGWARDEN_SCANNER_TOKEN", "t"), Map.of());
  }

  private void refused(String yaml, String sentence) throws IOException {
    Path file =
        file("token: t\n" + (yaml.startsWith("server") ? "" : "server: http://x.example\n") + yaml);
    assertThatThrownBy(() -> ScannerConfig.load(file, Map.of(), Map.of()))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining(sentence);
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("scanner.yaml"), yaml);
  }
}
