package org.tagwarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.vendors.Recogniser;
import org.tagwarden.collector.vendors.VendorCatalog;
import org.tagwarden.dashboard.program.scan.Judgement;
import org.tagwarden.report.SampleReports;
import org.tagwarden.report.SampleVisit;
import org.tagwarden.report.ScanReport;

/** report.html of the one-off scan. */
class ReportPageTest {
  private static final Recogniser RECOGNISER = new Recogniser(VendorCatalog.load(null));

  private static String page(SampleVisit... visits) {
    ScanReport report = SampleReports.report(UUID.nameUUIDFromBytes(new byte[] {7}), visits);
    Judgement judgement = Judgement.of(report, RECOGNISER, List.of());
    List<ScannedVisit> judged =
        judgement.visits().stream()
            .map(v -> new ScannedVisit(v.visit(), v.recognition(), v.examination().results()))
            .toList();
    return ReportPage.render(report, judged);
  }

  @Test
  void it_tells_which_tags_run_and_who_loaded_them() {
    String page = page(SampleReports.shop("https://shop.example/"));
    assertThat(page)
        .contains("Google Tag Manager")
        .contains("GTM-AB12CD3")
        .contains("G-ABCDEF1234")
        .contains("Intercom")
        .contains("pixel.stranger.example")
        .contains("Nobody knows this host")
        .contains("by Google Tag Manager")
        .contains("http://old.counter.example/count.js");
  }

  @Test
  void it_asks_nobody_for_anything_and_runs_nothing() {
    String page = page(SampleReports.shop("https://shop.example/"));
    assertThat(page)
        .doesNotContain("<script")
        .doesNotContain("<link")
        .doesNotContain("<img")
        .doesNotContain("@import")
        .doesNotContain("<iframe");
    assertThat(Pattern.compile("url\\((?!#)").matcher(page).find()).isFalse();
  }

  @Test
  void it_holds_choice_deeds_steps_and_images_within_itself() {
    String page = page(SampleReports.checkout("https://shop.example/checkout"));
    assertThat(page)
        .contains("The visitor accepted all (Cookiebot)")
        .contains("Read form fields")
        .contains("There is no button")
        .contains("img-src data:")
        .contains("<img src=\"data:image/webp;base64,")
        .doesNotContain("<script")
        .doesNotContain("src=\"http");
  }

  @Test
  void what_a_page_says_about_itself_stays_text() {
    String page =
        page(
            SampleReports.shop("https://shop.example/").title("</style><script>alert(2)</script>"));
    assertThat(page).doesNotContain("<script").contains("&lt;script&gt;alert(2)");
  }

  @Test
  void a_page_without_third_parties_is_told_so() {
    assertThat(page(SampleReports.visit("https://shop.example/"))).contains("No third party");
  }
}
