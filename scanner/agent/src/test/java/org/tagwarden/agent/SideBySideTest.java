package org.tagwarden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.PageSet;

/** Visits of a site that allows one at a time. */
@Tag("browser")
class SideBySideTest {
  private static final String FIRST = "https://torture.example/beacon-pagehide";
  private static final String SECOND = "https://torture.example/classic";

  @RegisterExtension static final SharedScan THERE = new SharedScan();

  private final List<String> story = Collections.synchronizedList(new ArrayList<>());
  private final List<VisitResult> results = Collections.synchronizedList(new ArrayList<>());

  @Test
  void theNextBeginsWhenAPageIsLeftAndItsLastBeaconsAreRecordedAllTheSame() {
    PageSet pages = new PageSet(PageSet.Kind.LIST, List.of(FIRST, SECOND), 2);
    THERE.scan().scan(new ScanOrder(UUID.randomUUID(), pages, Scans.options(300, 1)), told());

    assertThat(story)
        .containsExactly("start " + FIRST, "start " + SECOND, "end " + FIRST, "end " + SECOND);
    List<String> served =
        THERE.playground().log().stream().map(r -> r.method() + " " + r.url()).toList();
    assertThat(recorded(results)).containsExactlyInAnyOrderElementsOf(served);
    assertThat(served.subList(0, served.indexOf("GET " + SECOND)))
        .as("only beacons come after the second page was asked for")
        .containsAll(recorded(results.subList(0, 1)).stream().filter(r -> isGet(r)).toList());
  }

  private static boolean isGet(String request) {
    return request.startsWith("GET ");
  }

  private static List<String> recorded(List<VisitResult> results) {
    List<String> requests = new ArrayList<>();
    for (VisitResult result : results)
      for (CapturedRequest r : result.visit().requests()) requests.add(r.method() + " " + r.url());
    return requests;
  }

  private ScanListener told() {
    return new ScanListener() {
      @Override
      public void pagesFound(List<String> urls) {}

      @Override
      public void visitStarted(String url) {
        story.add("start " + url);
      }

      @Override
      public void visited(VisitResult result) {
        story.add("end " + result.visit().page());
        results.add(result);
      }
    };
  }
}
