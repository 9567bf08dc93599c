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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tagwarden.playground.Playground;
import org.tagwarden.playground.PlaygroundSettings;
import org.tagwarden.playground.ServedRequest;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.InitiatorChain;
import org.tagwarden.report.Observer;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.ResourceType;
import org.tagwarden.report.VisitOutcome;

/**
 * Third-party code as its vendors publish it: several SDKs send nothing to browsers that look
 * automated, leave bodies unread, send at the very end, and stand between a page and its requests.
 */
@Tag("browser")
class RealSdksTest {
  private static @TempDir Path folder;
  private static Playground playground;
  private static PageVisit visit;
  private static List<ServedRequest> served;

  @BeforeAll
  static void visitTheShop() throws Exception {
    playground = Playground.start(PlaygroundSettings.anyPorts(folder), RealSdks::addTo);
    try (SiteScan scan = new SiteScan(Scans.settings(folder.resolve("scanner"), playground))) {
      visit = Scans.visit(scan, RealSdks.PAGE, Scans.options(5_000, 1, 60_000));
    }
    served = playground.log();
  }

  @AfterAll
  static void stop() {
    playground.close();
  }

  static List<RealSdks.Sdk> sdks() {
    return RealSdks.ALL;
  }

  @ParameterizedTest
  @MethodSource("sdks")
  void everySdkFires(RealSdks.Sdk sdk) {
    assertThat(visit.outcome()).isEqualTo(VisitOutcome.COMPLETE);
    assertThat(served)
        .as("at the vendor's own door")
        .anyMatch(r -> r.host().equals(sdk.collector()) && !r.method().equals("OPTIONS"));
    assertThat(sentTo(sdk.collector())).as("in the report").isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("sdks")
  void whatAnSdkSendsIsLaidToIt(RealSdks.Sdk sdk) {
    for (CapturedRequest request : sentTo(sdk.collector()))
      assertThat(new InitiatorChain(visit).of(request))
          .as(request.url())
          .extracting(CapturedRequest::url)
          .anyMatch(url -> hostOf(url).equals(hostOf(sdk.script())));
  }

  @Test
  void theSessionRecorderIsFetchedByItsSdkAndSendsWhatItSaw() {
    assertThat(visit.requests())
        .filteredOn(r -> r.url().contains("us-assets.i.posthog.com/static/"))
        .extracting(CapturedRequest::url)
        .anyMatch(url -> url.contains("recorder"));
    assertThat(sentTo("us.i.posthog.com")).anyMatch(r -> r.url().contains("/s/"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"price?by=fetch", "stock?by=xhr"})
  void whatThePageAsksForIsLaidToThePageThoughSdksWrapFetchAndXhr(String path) {
    CapturedRequest request = toShop(path);
    assertThat(request.initiator().url()).isEqualTo(RealSdks.PAGE + "shop.js");
    assertThat(request.initiator().function())
        .isEqualTo(path.startsWith("price") ? "priceByFetch" : "stockByXhr");
  }

  @Test
  void whatAnOldJQueryAsksForOnThePagesBehalfNamesThePageInItsStack() {
    for (String path : List.of("rating?by=jquery", "offers?by=jsonp"))
      assertThat(toShop(path).initiator().stack())
          .as(path)
          .anyMatch(frame -> frame.url().equals(RealSdks.PAGE + "shop.js"));
  }

  @Test
  void everythingThatWasServedIsInTheReportAndEveryScriptHasItsHash() {
    List<String> missing = new ArrayList<>();
    Set<String> servedScripts = new TreeSet<>();
    for (ServedRequest request : served) {
      missing.add(request.method() + ' ' + request.url());
      if (request.kind().equals("script") && request.status() == 200)
        servedScripts.add(request.url() + ' ' + request.bodySha256());
    }
    Set<String> reportedScripts = new TreeSet<>();
    for (CapturedRequest request : visit.requests()) {
      if (!request.seenBy().contains(Observer.PROXY)) continue;
      missing.remove(request.method() + ' ' + request.url());
      if (request.bodySha256() != null)
        reportedScripts.add(request.url() + ' ' + request.bodySha256());
    }
    assertThat(missing).as("served and not reported").isEmpty();
    assertThat(servedScripts).hasSizeGreaterThan(6);
    assertThat(reportedScripts).containsAll(servedScripts);
  }

  private static List<CapturedRequest> sentTo(String host) {
    return visit.requests().stream()
        .filter(r -> hostOf(r.url()).equals(host) && r.type() != ResourceType.PREFLIGHT)
        .toList();
  }

  private static CapturedRequest toShop(String path) {
    return visit.requests().stream()
        .filter(r -> r.url().startsWith("https://api.sdk-shop.example/" + path))
        .findFirst()
        .orElseThrow();
  }

  private static String hostOf(String url) {
    return url.replaceFirst("^\\w+://([^/:?#]+).*", "$1");
  }
}
