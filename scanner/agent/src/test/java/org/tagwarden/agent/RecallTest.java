package org.tagwarden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tagwarden.playground.Playground;
import org.tagwarden.playground.PlaygroundSettings;
import org.tagwarden.playground.ServedRequest;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.Observer;
import org.tagwarden.report.PageSet;

/** What the report says against what the playground's own log says. */
@Tag("browser")
class RecallTest {
  private static final Set<String> SCRIPTS =
      Set.of("script", "worker", "sharedworker", "serviceworker");

  private static @TempDir Path folder;
  private static Playground playground;
  private static SiteScan scan;

  @BeforeAll
  static void start() throws Exception {
    playground = Playground.start(PlaygroundSettings.anyPorts(folder));
    scan = new SiteScan(Scans.settings(folder.resolve("scanner"), playground));
  }

  @AfterAll
  static void stop() {
    scan.close();
    playground.close();
  }

  @Test
  void everyRequestThatThePlaygroundServedIsInTheReportAndEveryScriptHasItsHash() {
    List<VisitResult> results =
        Scans.scan(
            scan, new PageSet(PageSet.Kind.LIST, playground.urls(), 100), Scans.options(3_500, 4));
    assertThat(results).hasSameSizeAs(playground.urls());
    List<String> served = new ArrayList<>();
    Set<String> servedScripts = new TreeSet<>();
    for (ServedRequest request : playground.log()) {
      served.add(request.method() + " " + request.url());
      boolean script = SCRIPTS.contains(request.kind()) && request.status() == 200;
      if (script) servedScripts.add(request.url() + " " + request.bodySha256());
    }
    List<String> reported = new ArrayList<>();
    Set<String> reportedScripts = new TreeSet<>();
    for (VisitResult result : results) {
      for (CapturedRequest request : result.visit().requests()) {
        if (!request.seenBy().contains(Observer.PROXY)) continue;
        reported.add(request.method() + " " + httpUrl(request.url()));
        if (request.bodySha256() != null)
          reportedScripts.add(httpUrl(request.url()) + " " + request.bodySha256());
      }
    }
    for (String request : reported) served.remove(request);
    assertThat(served).as("served and not reported").isEmpty();
    assertThat(reportedScripts).containsAll(servedScripts);
  }

  private static String httpUrl(String url) {
    int hash = url.indexOf('#');
    return (hash < 0 ? url : url.substring(0, hash)).replaceFirst("^ws", "http");
  }
}
