package org.tagwarden.agent.lighthouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.tagwarden.report.LighthouseReport.Entity;

class LhrReaderTest {
  @Test
  void theFiguresOfAPageAreRead() throws Exception {
    Measurement read = LhrReader.read(lhr().getBytes(StandardCharsets.UTF_8));
    assertThat(read.version()).isEqualTo("12.6.1");
    assertThat(read.score()).isEqualTo(64);
    assertThat(read.lcpMs()).isEqualTo(3309.3);
    assertThat(read.fcpMs()).isEqualTo(1250.5);
    assertThat(read.tbtMs()).isEqualTo(180);
    assertThat(read.cls()).isEqualTo(0.0125);
    assertThat(read.ttfbMs()).isEqualTo(224.7);
    assertThat(read.speedIndexMs()).isEqualTo(2100);
    assertThat(read.totalBytes()).isEqualTo(160_600);
  }

  @Test
  void thirdPartiesCostWhatTheBrowserWasSeenToSpendOnThem() throws Exception {
    Measurement read = LhrReader.read(lhr().getBytes(StandardCharsets.UTF_8));
    assertThat(read.entities())
        .containsExactly(
            new Entity("Hotjar", 1062, 140.5, 70), new Entity("Facebook", 779, 1.9, 0));
  }

  @Test
  void aFigureThatLighthouseCouldNotTakeIsMinusOne() throws Exception {
    String without = lhr().replace("\"speed-index\"", "\"no-such-audit\"");
    assertThat(LhrReader.read(without.getBytes(StandardCharsets.UTF_8)).speedIndexMs())
        .isEqualTo(-1);
  }

  @Test
  void thePageThatIsAnErrorPageIsNoMeasurement() throws Exception {
    String unavailable = lhr().replace("\"statusCode\": 200", "\"statusCode\": 503");
    assertThatThrownBy(() -> LhrReader.read(unavailable.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            LighthouseFailure.class,
            e -> {
              assertThat(e.problem().code()).isEqualTo("http-status");
              assertThat(e.problem().message()).contains("https://shop.example/").contains("503");
            });
  }

  @Test
  void whatLighthouseSaysOfItsFailureIsFoundInItsOutput() {
    String output =
        """
        Running Lighthouse 1 time(s) on https://shop.example/
        Run #1...failed!
        {
          "requestedUrl": "https://shop.example/",
          "runtimeError": {
            "code": "INSECURE_DOCUMENT_REQUEST",
            "message": "No \\"valid\\" certificate. net::ERR_CERT_AUTHORITY_INVALID"
          },
        """;
    LighthouseFailure failure = RuntimeErrors.fromOutput("https://shop.example/", 1, output);
    assertThat(failure.problem().code()).isEqualTo("bad-certificate");
    assertThat(failure.problem().message())
        .isEqualTo(
            "Lighthouse could not measure https://shop.example/: No \"valid\" certificate."
                + " net::ERR_CERT_AUTHORITY_INVALID");
  }

  private static String lhr() throws IOException {
    try (InputStream in = LhrReaderTest.class.getResourceAsStream("lhr.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
