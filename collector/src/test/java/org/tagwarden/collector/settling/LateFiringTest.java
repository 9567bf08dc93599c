package org.tagwarden.collector.settling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.ConsentChoice;
import org.tagwarden.report.ConsentState;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.SampleReports;
import org.tagwarden.report.SampleVisit;
import org.tagwarden.report.VisitOutcome;

/** A sample visit's load event is at 910 ms. */
class LateFiringTest {
  private static final String TAG = "https://cdn.late-tag.example/t.js";
  private static final String OTHER = "https://cdn.other-tag.example/o.js";

  @Test
  void a_page_that_asks_for_nothing_after_load_is_quiet() {
    assertThat(late(visit(TAG, 300), 3_500)).isZero();
  }

  @Test
  void the_latest_request_after_load_counts() {
    assertThat(late(visit(TAG, 2_910, OTHER, 1_500), 3_500)).isEqualTo(2_000);
  }

  @Test
  void what_repeats_counts_once_and_first() {
    assertThat(late(visit(TAG, 1_910, TAG, 3_900), 3_500)).isEqualTo(1_000);
  }

  @Test
  void what_comes_while_the_page_is_left_does_not_count() {
    assertThat(late(visit(TAG, 1_910, OTHER, 4_700), 3_500)).isEqualTo(1_000);
  }

  @Test
  void after_the_choice_time_counts_anew() {
    SampleVisit sample =
        sample().choice(ConsentState.ACCEPT, new ConsentChoice("", "recipe", 4_000));
    assertThat(late(visit(sample, TAG, 4_600), 3_500)).isEqualTo(600);
  }

  @Test
  void a_choice_that_was_made_on_a_page_before_changes_nothing() {
    SampleVisit sample = sample().choice(ConsentState.ACCEPT, new ConsentChoice("", "recipe", 0));
    assertThat(late(visit(sample, TAG, 600, OTHER, 1_910), 3_500)).isEqualTo(1_000);
  }

  @Test
  void a_visit_that_is_no_whole_one_does_not_tell() {
    PageVisit cut = visit(sample().outcome(VisitOutcome.CUT_SHORT), TAG, 2_000);
    PageVisit failed = visit(sample().outcome(VisitOutcome.FAILED), TAG, 2_000);
    assertThat(new LateFiring(cut, 3_500, url -> url).latestMs()).isEmpty();
    assertThat(new LateFiring(failed, 3_500, url -> url).latestMs()).isEmpty();
  }

  @Test
  void the_scanner_says_when_the_time_was_too_short() {
    assertThat(isShort(visit(TAG, 4_300))).isFalse();
    assertThat(isShort(visit(hasty(), TAG, 4_300))).isTrue();
    assertThat(isShort(visit(hasty(), TAG, 4_600))).isTrue();
  }

  @Test
  void a_heartbeat_near_the_end_is_no_shortness() {
    assertThat(isShort(visit(hasty(), TAG, 1_910, TAG, 4_300))).isFalse();
  }

  private static SampleVisit hasty() {
    return sample().problem("settle-short", "A tag fired in the last moment.");
  }

  private static boolean isShort(PageVisit visit) {
    return new LateFiring(visit, 3_500, LateFiringTest::withoutQuery).wasShort();
  }

  private static int late(PageVisit visit, long settleMs) {
    return new LateFiring(visit, settleMs, LateFiringTest::withoutQuery).latestMs().orElseThrow();
  }

  private static @Nullable String withoutQuery(String url) {
    return url.replaceFirst("\\?.*", "");
  }

  private static SampleVisit sample() {
    return SampleReports.visit("https://shop.example/");
  }

  private static PageVisit visit(Object... urlsAndTimes) {
    return visit(sample(), urlsAndTimes);
  }

  /** The sample with these URLs asked for at these milliseconds, in pairs. */
  private static PageVisit visit(SampleVisit sample, Object... urlsAndTimes) {
    for (int i = 0; i < urlsAndTimes.length; i += 2) {
      sample.pixel(null, urlsAndTimes[i] + "?n=" + i);
    }
    PageVisit built = sample.build();
    List<CapturedRequest> requests = new ArrayList<>(built.requests().subList(0, 1));
    for (int i = 0; i < urlsAndTimes.length; i += 2) {
      CapturedRequest request = built.requests().get(1 + i / 2);
      requests.add(at(request, ((Number) urlsAndTimes[i + 1]).doubleValue()));
    }
    return with(built, requests);
  }

  private static PageVisit with(PageVisit v, List<CapturedRequest> requests) {
    return new PageVisit(
        v.visitId(),
        v.page(),
        v.finalUrl(),
        v.title(),
        v.startedAt(),
        v.durationMs(),
        v.outcome(),
        v.consent(),
        v.device(),
        v.frames(),
        requests,
        v.scripts(),
        v.elements(),
        v.cookies(),
        v.console(),
        v.timings(),
        v.problems(),
        v.behaviours(),
        v.storage(),
        v.screenshots(),
        v.choice(),
        v.journey());
  }

  private static CapturedRequest at(CapturedRequest r, double startMs) {
    return new CapturedRequest(
        r.id(),
        r.url(),
        r.method(),
        r.type(),
        r.seenBy(),
        startMs,
        r.status(),
        r.failure(),
        r.protocol(),
        r.remoteAddress(),
        r.tls(),
        r.sizes(),
        r.timing(),
        r.mimeType(),
        r.requestHeaders(),
        r.responseHeaders(),
        r.frameId(),
        r.worker(),
        r.redirectedFrom(),
        r.servedFrom(),
        r.phase(),
        r.initiator(),
        r.bodySha256(),
        r.bodySha384(),
        r.aliases());
  }
}
