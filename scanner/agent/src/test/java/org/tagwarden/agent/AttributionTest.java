package org.tagwarden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.CapturedScript;
import org.tagwarden.report.Initiator;
import org.tagwarden.report.InitiatorChain;
import org.tagwarden.report.Observer;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.ResourceType;
import org.tagwarden.report.ScriptKind;
import org.tagwarden.report.ServedFrom;

/** Who asked for what, on the playground's pages that are hard to capture. */
@Tag("browser")
class AttributionTest {
  private static final String SITE = "https://torture.example/";
  private static final String TAGS = "https://cdn.torture-tags.example/";

  private static @TempDir Path folder;
  private static Course course;

  @BeforeAll
  static void visitAllOfThem() throws Exception {
    course = Course.visited(folder);
  }

  @Test
  void scriptsInsertedByScriptsFormAChainDownToTheDocument() {
    PageVisit visit = visit("deep-insert");
    CapturedRequest pixel = request(visit, TAGS + "pixel.gif?level-3");
    assertThat(new InitiatorChain(visit).of(pixel))
        .extracting(CapturedRequest::url)
        .containsExactly(
            TAGS + "level-3.js", TAGS + "level-2.js", TAGS + "level-1.js", SITE + "deep-insert");
    CapturedScript inserted = script(visit, TAGS + "level-2.js");
    assertThat(inserted.createdBy()).isEqualTo(TAGS + "level-1.js");
    assertThat(inserted.kind()).isEqualTo(ScriptKind.EXTERNAL);
  }

  @Test
  void redirectsAreRequestsOfTheirOwnThatNameTheOneBefore() {
    PageVisit visit = visit("redirect-pixels");
    CapturedRequest last = request(visit, TAGS + "pixel.gif?hops=4");
    assertThat(last.initiator().kind()).isEqualTo(Initiator.Kind.REDIRECT);
    assertThat(new InitiatorChain(visit).of(last))
        .extracting(r -> r.url().replaceAll("\\?.*", ""))
        .containsExactly(
            "https://a.torture-tags.example/hop3",
            "https://b.torture-tags.example/hop2",
            "https://a.torture-tags.example/hop1",
            SITE + "redirect-pixels");
  }

  @Test
  void aBeaconAtPageHideIsSeenByTheProxyAndLaidToWhoUsedItsEndpointBefore() {
    PageVisit visit = visit("beacon-pagehide");
    assertThat(request(visit, TAGS + "beacon?hidden").type()).isEqualTo(ResourceType.BEACON);
    CapturedRequest farewell = request(visit, TAGS + "beacon?pagehide");
    assertThat(farewell.type()).isEqualTo(ResourceType.BEACON);
    assertThat(farewell.seenBy()).containsExactly(Observer.PROXY);
    assertThat(farewell.initiator().url()).isEqualTo(SITE + "beacon-pagehide");
  }

  @Test
  void whatWorkersAskForIsLaidToTheirScripts() {
    PageVisit visit = visit("worker");
    CapturedRequest fetched = request(visit, TAGS + "api?worker");
    assertThat(fetched.worker()).isEqualTo(SITE + "worker.js");
    assertThat(fetched.initiator().url()).isEqualTo(SITE + "worker.js");
    assertThat(request(visit, SITE + "worker.js").type()).isEqualTo(ResourceType.WORKER);
    assertThat(script(visit, TAGS + "imported.js").kind()).isEqualTo(ScriptKind.WORKER);
  }

  @Test
  void aServiceWorkersAnswerAndItsOwnFetchAreTwoRequests() {
    List<CapturedRequest> both =
        visit("service-worker").requests().stream()
            .filter(r -> r.url().equals(SITE + "through-the-worker.json"))
            .toList();
    assertThat(both)
        .extracting(CapturedRequest::servedFrom)
        .containsExactlyInAnyOrder(ServedFrom.SERVICE_WORKER, ServedFrom.NETWORK);
  }

  @Test
  void aWebSocketIsOneRequestWithItsStatus() {
    CapturedRequest socket =
        visit("websocket").requests().stream()
            .filter(r -> r.type() == ResourceType.WEBSOCKET)
            .findFirst()
            .orElseThrow();
    assertThat(socket.status()).isEqualTo(101);
    assertThat(socket.seenBy()).containsExactlyInAnyOrder(Observer.PROXY, Observer.BROWSER);
    assertThat(socket.failure()).isNull();
    assertThat(socket.initiator().kind()).isEqualTo(Initiator.Kind.SCRIPT);
  }

  @Test
  void anEventStreamStaysOpenAndIsNoFailure() {
    CapturedRequest stream = request(visit("event-source"), TAGS + "events");
    assertThat(stream.type()).isEqualTo(ResourceType.EVENT_SOURCE);
    assertThat(stream.failure()).isNull();
    assertThat(stream.sizes().wireBytes()).isPositive();
  }

  @Test
  void inlineAndEvaluatedScriptsHaveTheirHashAndText() {
    VisitResult result = course.result(SITE + "inline");
    assertThat(result.visit().scripts())
        .extracting(CapturedScript::kind)
        .contains(ScriptKind.INLINE, ScriptKind.EVALUATED);
    for (CapturedScript script : result.visit().scripts())
      assertThat(result.bodies()).containsKey(script.sha256());
  }

  @Test
  void cookiesNameTheRequestThatSetThemAndTheirFlags() {
    PageVisit visit = visit("cookies");
    assertThat(visit.cookies())
        .anySatisfy(
            c -> {
              assertThat(c.name()).isEqualTo("by_header");
              assertThat(c.requestId()).isEqualTo(1);
              assertThat(c.httpOnly()).isTrue();
              assertThat(c.sameSite()).isEqualTo("Strict");
            })
        .anySatisfy(
            c -> {
              assertThat(c.name()).isEqualTo("by_script");
              assertThat(c.requestId()).isNull();
              assertThat(c.expires()).isNotNull();
            });
  }

  @Test
  void theDocumentIsReachedByNavigationAndHasTimings() {
    PageVisit visit = visit("iframe-nested");
    assertThat(visit.requests().get(0).initiator().kind()).isEqualTo(Initiator.Kind.NAVIGATION);
    assertThat(visit.frames().size()).isGreaterThan(1);
    assertThat(visit.frames().get(0).parentId()).isNull();
    assertThat(visit.timings().loadMs()).isPositive();
    assertThat(visit.timings().ttfbMs()).isPositive();
    assertThat(visit.elements()).extracting(e -> e.tag()).contains("iframe");
  }

  private static PageVisit visit(String page) {
    return course.result(SITE + page).visit();
  }

  private static CapturedRequest request(PageVisit visit, String url) {
    return visit.requests().stream()
        .filter(r -> r.url().equals(url))
        .findFirst()
        .orElseThrow(() -> new AssertionError(url + " is not among " + urls(visit)));
  }

  private static CapturedScript script(PageVisit visit, String url) {
    return visit.scripts().stream().filter(s -> s.url().equals(url)).findFirst().orElseThrow();
  }

  private static List<String> urls(PageVisit visit) {
    return visit.requests().stream().map(CapturedRequest::url).toList();
  }
}
