package org.tagwarden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tagwarden.report.CapturedScript;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.Problem;
import org.tagwarden.report.ScriptBehaviour;
import org.tagwarden.report.StorageWrite;

/** Pages that look for the in-page observer, forge its reports, switch it off or exhaust it. */
@Tag("browser")
class TamperingTest {
  private static final String SITE = "https://evidence.example/tampering-";

  @RegisterExtension static final SharedScan there = new SharedScan();

  private static List<PageVisit> visits;

  @BeforeAll
  static void visitThem() {
    List<String> urls =
        Stream.of("look", "break", "deep", "flood", "name", "realms").map(SITE::concat).toList();
    visits = there.results(urls, Scans.options(1_000, 4)).stream().map(VisitResult::visit).toList();
  }

  @Test
  void aPageThatLooksFindsNothing() {
    assertThat(visit("look").title()).isEqualTo("found nothing");
    assertThat(reads("look")).contains("input looked-at type=text");
    assertThat(visit("look").behaviours())
        .extracting(ScriptBehaviour::detail)
        .contains("keyup on document", "keydown in markup");
  }

  @Test
  void aPageThatBreaksItsToolsIsStillSeenAndCatchesNothing() {
    PageVisit visit = visit("break");
    List<ScriptBehaviour> read =
        visit.behaviours().stream()
            .filter(b -> b.detail().equals("input behind-the-rubble type=text"))
            .toList();

    assertThat(visit.title()).isEqualTo("caught nothing");
    assertThat(read).hasSize(1);
    assertThat(read.get(0).script()).isEqualTo("https://tags.evidence-parts.example/rubble.js");
    assertThat(read.get(0).function()).isEqualTo("behindTheRubble");
    assertThat(read.get(0).count()).isEqualTo(3);
  }

  @Test
  void aForgedReportIsNotTaken() {
    assertThat(reads("break")).noneMatch(detail -> detail.contains("forged"));
  }

  @Test
  void whatIsDoneWithoutAnyStackLeftIsAtLeastAProblem() {
    assertThat(visit("deep").title()).isEqualTo("read");
    assertThat(visit("deep").problems()).extracting(Problem::code).contains("behaviour-missed");
  }

  @Test
  void aFloodIsCountedTogetherAndHidesNoOtherField() {
    PageVisit visit = visit("flood");

    assertThat(visit.problems()).extracting(Problem::code).contains("too-many-behaviours");
    assertThat(reads("flood")).contains("input after-the-flood type=text");
    assertThat(
            visit.behaviours().stream()
                .filter(b -> b.detail().equals("input flooded type=text"))
                .mapToInt(ScriptBehaviour::count)
                .sum())
        .isEqualTo(3_000);
    assertThat(visit.storage()).extracting(StorageWrite::key).containsExactly("written");
  }

  @Test
  void aScriptThatTakesTheScannersNameIsAScriptOfThePage() {
    PageVisit visit = visit("name");

    assertThat(reads("name")).containsExactly("input named type=text");
    assertThat(visit.scripts())
        .extracting(CapturedScript::sha256)
        .containsExactly(visit.behaviours().get(0).scriptSha256());
  }

  @Test
  void toolsOfAnotherRealmAreWatchedToo() {
    assertThat(reads("realms"))
        .containsExactlyInAnyOrder(
            "input from-another-realm type=text", "input in-srcdoc type=text");
    assertThat(visit("realms").storage())
        .extracting(StorageWrite::key)
        .containsExactly("from-a-frame");
  }

  private static List<String> reads(String page) {
    return visit(page).behaviours().stream()
        .filter(b -> b.kind() == ScriptBehaviour.Kind.FIELD_READ)
        .map(ScriptBehaviour::detail)
        .distinct()
        .toList();
  }

  private static PageVisit visit(String page) {
    return visits.stream().filter(v -> v.page().equals(SITE + page)).findFirst().orElseThrow();
  }
}
