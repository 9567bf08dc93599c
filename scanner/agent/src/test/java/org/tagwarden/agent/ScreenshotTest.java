package org.tagwarden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tagwarden.report.Problem;
import org.tagwarden.report.Screenshot;

/** What the page looked like. */
@Tag("browser")
class ScreenshotTest {
  private static final String SHOP = "https://shop.nordlys-shoes.example/checkout";
  private static final String SIGN_IN = "https://evidence.example/sign-in";
  private static final String TALL = "https://evidence.example/tall";

  @RegisterExtension static final SharedScan there = new SharedScan();

  private static List<VisitResult> results;

  @BeforeAll
  static void visitThePages() {
    List<String> urls =
        List.of(
            SHOP,
            TALL,
            SIGN_IN + "?type=password&value=short",
            SIGN_IN + "?type=password&value=much-longer-than-that",
            SIGN_IN + "?type=text&value=short",
            SIGN_IN + "?type=text&value=much-longer-than-that");
    results = there.results(urls, Scans.options(800, 4).but().screenshots(true).build());
  }

  @Test
  void aScreenshotIsASmallWebpFileUnderItsHash() {
    VisitResult result = result(SHOP);
    assertThat(result.visit().screenshots()).hasSize(1);
    Screenshot shot = result.visit().screenshots().get(0);
    byte[] file = Base64.getDecoder().decode(result.images().get(shot.sha256()));

    assertThat(shot.moment()).isEqualTo(Screenshot.Moment.AFTER_LOAD);
    assertThat(shot.width()).isEqualTo(720);
    assertThat(shot.height()).isBetween(300, 600);
    assertThat(file).hasSizeBetween(2_000, 60_000);
    assertThat(new String(file, 8, 4, java.nio.charset.StandardCharsets.US_ASCII))
        .isEqualTo("WEBP");
    assertThat(org.tagwarden.agent.traffic.Hygiene.hex("SHA-256", file)).isEqualTo(shot.sha256());
    assertThat(shot.atMs()).isBetween(800.0, (double) result.visit().durationMs());
  }

  @Test
  void whatStandsInAPasswordFieldDoesNotChangeThePicture() {
    assertThat(picture(SIGN_IN + "?type=password&value=short"))
        .isEqualTo(picture(SIGN_IN + "?type=password&value=much-longer-than-that"));
    assertThat(picture(SIGN_IN + "?type=text&value=short"))
        .isNotEqualTo(picture(SIGN_IN + "?type=text&value=much-longer-than-that"));
  }

  @Test
  void thePageNoticesNeitherTheMaskNorThePicture() {
    assertThat(result(SIGN_IN + "?type=password&value=short").visit().title())
        .isEqualTo("resized 0, changed 0");
  }

  @Test
  void aPageThatWasScrolledIsShownFromItsTop() {
    assertThat(result(TALL).visit().title()).isEqualTo("tall, scrolled to 0");
  }

  @Test
  void noPictureFailed() {
    assertThat(results)
        .flatExtracting(r -> r.visit().problems())
        .extracting(Problem::code)
        .doesNotContain("screenshot-failed");
  }

  private static String picture(String page) {
    return result(page).visit().screenshots().get(0).sha256();
  }

  private static VisitResult result(String page) {
    return results.stream().filter(r -> r.visit().page().equals(page)).findFirst().orElseThrow();
  }
}
