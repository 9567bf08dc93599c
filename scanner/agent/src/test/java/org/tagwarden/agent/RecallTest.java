package org.tagwarden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tagwarden.agent.bench.Attribution;
import org.tagwarden.agent.bench.Recall;
import org.tagwarden.agent.bench.RecordedVisit;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.Observer;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.Problem;
import org.tagwarden.report.ServedFrom;

/** What the reports say against what the playground's own log says, over the whole course. */
@Tag("browser")
class RecallTest {
  private static @TempDir Path folder;
  private static List<PageVisit> visits;
  private static Recall recall;
  private static Attribution attribution;

  @BeforeAll
  static void visitEveryPage() throws Exception {
    Course course = Course.visited(folder);
    visits = course.results().stream().map(VisitResult::visit).toList();
    assertThat(visits).hasSameSizeAs(course.pages());
    recall = Recall.of(course.log(), visits.stream().map(RecordedVisit::of).toList());
    attribution = Attribution.of(visits);
    recall.byKind.forEach((kind, share) -> print("  " + kind, share));
    print("requests in the report", recall.requests);
    print("script hashes right", recall.scripts);
    print("initiators right", attribution.requests);
    attribution.wrong.forEach(System.out::println);
  }

  @Test
  void everyRequestThatWasServedIsInTheReport() {
    assertThat(recall.requests.all).isGreaterThan(700);
    assertThat(recall.missed).isEmpty();
    assertThat(recall.byKind)
        .containsKeys(
            "document",
            "script",
            "style",
            "image",
            "font",
            "audio",
            "worker",
            "sharedworker",
            "serviceworker",
            "websocket",
            "preflight",
            "report",
            "iframe",
            "empty");
  }

  @Test
  void everyScriptThatWasServedHasItsHash() {
    assertThat(recall.scripts.right).isEqualTo(recall.scripts.all).isGreaterThan(200);
  }

  @Test
  void initiatorsAreRightDownToTheDocument() {
    assertThat(attribution.requests.all).isGreaterThan(200);
    assertThat(attribution.requests.percent())
        .as(() -> String.join("\n", attribution.wrong))
        .isGreaterThanOrEqualTo(99);
  }

  @Test
  void everyRequestSaysWhoSawIt() {
    for (PageVisit visit : visits)
      for (CapturedRequest request : visit.requests()) {
        boolean wire = request.servedFrom() == ServedFrom.NETWORK && request.status() != null;
        if (wire) assertThat(request.seenBy()).as(request.url()).contains(Observer.PROXY);
        else assertThat(request.seenBy()).as(request.url()).isNotEmpty();
      }
  }

  @Test
  void aHostInDisguiseShowsWhatItIsAnAliasOf() {
    assertThat(visit("host-cloaked").requests())
        .filteredOn(r -> r.url().startsWith("https://metrics.torture.example/"))
        .hasSize(2)
        .allSatisfy(
            r ->
                assertThat(r.aliases())
                    .containsExactly(
                        "torture-example.edge-network.example", "torture.sc.omtrdc.net"));
    assertThat(visit("classic").requests()).allSatisfy(r -> assertThat(r.aliases()).isEmpty());
  }

  @Test
  void whatNobodyCouldSeeIsAProblemOfItsVisit() {
    assertThat(problems("web-rtc")).contains("web-rtc-blocked");
    assertThat(problems("web-transport")).contains("web-transport-refused");
    assertThat(problems("streaming-upload")).contains("streaming-upload");
    assertThat(visit("host-http2-only").problems())
        .filteredOn(p -> p.code().equals("http1-only"))
        .singleElement()
        .satisfies(
            p ->
                assertThat(p.message())
                    .startsWith("http2-only.torture-tags.example hung up on every request")
                    .contains("It offers HTTP/2"));
  }

  private static List<String> problems(String page) {
    return visit(page).problems().stream().map(Problem::code).toList();
  }

  private static PageVisit visit(String page) {
    return visits.stream()
        .filter(v -> v.page().equals("https://torture.example/" + page))
        .findFirst()
        .orElseThrow();
  }

  private static void print(String what, Recall.Share share) {
    System.out.printf(
        Locale.ROOT,
        "%-26s %5d of %5d   %6.2f %%%n",
        what,
        share.right,
        share.all,
        share.percent());
  }
}
