package org.tagwarden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.tagwarden.agent.har.HarWriter;
import org.tagwarden.fixtures.TestSideBySide;
import org.tagwarden.playground.Playground;
import org.tagwarden.playground.PlaygroundSettings;
import org.tagwarden.playground.ServedRequest;
import org.tagwarden.report.CapturedCookie;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.ConsentPhase;
import org.tagwarden.report.ConsentState;
import org.tagwarden.report.DeviceProfile;
import org.tagwarden.report.Journey;
import org.tagwarden.report.JourneyReader;
import org.tagwarden.report.JourneyRun;
import org.tagwarden.report.JourneyRun.Result;
import org.tagwarden.report.Observer;
import org.tagwarden.report.PageSet;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.Problem;
import org.tagwarden.report.ReportCodec;
import org.tagwarden.report.ScanReport;
import org.tagwarden.report.Screenshot;
import org.tagwarden.report.ScriptKind;
import org.tagwarden.report.VisitOptions;
import org.tagwarden.report.VisitOutcome;

/** Journeys in the playground's shoe shop, the documented examples among them. */
@Tag("browser")
class JourneyTest {
  private static final String SHOP = "https://shop.nordlys-shoes.example";
  private static final String PASSWORD = "long-light-over-tromsø!";

  /** The playground's log, of which one test wants to know that it holds nobody else's requests. */
  private static final String LOG = "the playground's log";

  private static final Path EXAMPLES = Path.of("../../configs/journeys");

  private static @TempDir Path folder;
  private static Playground playground;
  private static SiteScan scan;

  @BeforeAll
  static void start() throws Exception {
    playground = Playground.start(PlaygroundSettings.anyPorts(folder));
    Path data = folder.resolve("scanner");
    Path secrets = Files.createDirectories(data.resolve("secrets"));
    Path password = secrets.resolve("SHOP_PASSWORD");
    Files.writeString(password, PASSWORD);
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    scan = new SiteScan(Scans.settings(data, playground));
  }

  @AfterAll
  static void stop() {
    scan.close();
    playground.close();
  }

  @Test
  @ResourceLock(LOG)
  void theDocumentedPurchaseLeavesAVisitForEachPageWithThatPagesTraffic() throws Exception {
    playground.clearLog();
    List<PageVisit> pages = visits(take(example("buy-a-pair-of-shoes"), desktop()));
    assertThat(failures(pages)).isEmpty();
    assertThat(pages)
        .extracting(PageVisit::page)
        .containsExactly(
            SHOP + "/buy/fjell-runner",
            SHOP + "/buy/cart",
            SHOP + "/buy/checkout",
            SHOP + "/buy/thank-you");
    assertThat(pages).allSatisfy(p -> assertThat(p.outcome()).isEqualTo(VisitOutcome.COMPLETE));
    assertThat(pages)
        .extracting(p -> p.journey().paymentPage())
        .containsExactly(false, false, true, false);
    assertThat(pages).extracting(p -> p.journey().page()).containsExactly(1, 2, 3, 4);
    for (PageVisit page : pages) {
      String name = page.finalUrl().substring(page.finalUrl().lastIndexOf('/') + 1);
      assertThat(farewells(page))
          .as("farewells of " + name)
          .hasSize(1)
          .allSatisfy(f -> assertThat(f).endsWith(farewell(name)));
      assertThat(page.scripts()).anySatisfy(s -> assertThat(s.kind()).isEqualTo(ScriptKind.INLINE));
      assertThat(page.elements()).isNotEmpty();
      assertThat(page.requests()).anySatisfy(r -> assertThat(r.url()).contains("gtm.js"));
    }
    assertThat(urls(pages.get(0))).anySatisfy(u -> assertThat(u).endsWith("/add?size=42"));
    assertThat(urls(pages.get(2))).anySatisfy(u -> assertThat(u).endsWith("/6?typing=1"));
    assertThat(urls(pages.get(3))).anySatisfy(u -> assertThat(u).endsWith("/purchase?value=159"));
    assertNothingIsLost(pages);
  }

  @TestSideBySide
  @ResourceLock(value = LOG, mode = ResourceAccessMode.READ)
  void aVisitorOnAPhoneTapsAndGetsThroughAsWell() throws Exception {
    VisitOptions mobile = desktop().but().device(DeviceProfile.MOBILE).build();
    List<PageVisit> pages = visits(take(example("buy-a-pair-of-shoes"), mobile));
    assertThat(failures(pages)).isEmpty();
    assertThat(pages).hasSize(4);
  }

  @TestSideBySide
  @ResourceLock(value = LOG, mode = ResourceAccessMode.READ)
  void theBannerIsAnsweredOnTheFirstPageAndWhatFollowsIsAfterTheChoice() throws Exception {
    Journey journey =
        journey(
            """
            name: Look and pay
            steps:
              - open: https://shop.nordlys-shoes.example/buy/cart
              - click: link "To the checkout"
              - wait for: heading "Pay"
            """);
    VisitOptions accept =
        desktop().but().consents(List.of(ConsentState.ACCEPT)).screenshots(true).build();
    List<PageVisit> pages = visits(take(journey, accept));
    assertThat(failures(pages)).isEmpty();
    assertThat(pages)
        .extracting(p -> p.choice() == null ? "none" : p.choice().method())
        .containsOnly("autoconsent");
    assertThat(pages.get(0).requests())
        .extracting(CapturedRequest::phase)
        .contains(ConsentPhase.BEFORE_CHOICE);
    assertThat(pages.get(1).requests())
        .extracting(CapturedRequest::phase)
        .containsOnly(ConsentPhase.AFTER_CHOICE);
    assertThat(pages.get(0).screenshots())
        .extracting(Screenshot::moment)
        .containsExactly(Screenshot.Moment.AFTER_LOAD, Screenshot.Moment.AFTER_CHOICE);
    assertThat(pages.get(1).screenshots())
        .extracting(Screenshot::moment)
        .containsExactly(Screenshot.Moment.AFTER_CHOICE);
  }

  @TestSideBySide
  @ResourceLock(value = LOG, mode = ResourceAccessMode.READ)
  void aStepThatFailsSaysWhatItLookedForAndWhatWasThereAndLeavesAPicture() throws Exception {
    Journey journey =
        journey(
            """
            name: Buy boots
            steps:
              - open: https://shop.nordlys-shoes.example/buy/cart
              - click: link "To the till"
                timeout: 1 s
              - press: Enter
            """);
    List<VisitResult> results = take(journey, desktop());
    assertThat(results).hasSize(1);
    PageVisit visit = results.get(0).visit();
    List<JourneyRun.StepRun> steps = visit.journey().steps();
    assertThat(steps)
        .extracting(JourneyRun.StepRun::result)
        .containsExactly(Result.DONE, Result.FAILED, Result.NOT_REACHED);
    assertThat(visit.screenshots())
        .singleElement()
        .satisfies(
            shot -> {
              assertThat(shot.moment()).isEqualTo(Screenshot.Moment.STEP_FAILED);
              assertThat(shot.sha256()).isEqualTo(steps.get(1).screenshotSha256());
              assertThat(shot.atMs()).isGreaterThanOrEqualTo(steps.get(1).startMs());
            });
    assertThat(steps.get(1).reason())
        .contains("the link \"To the till\" was not found", "\"To the checkout\"");
    assertThat(codes(visit)).containsExactly("step-failed");
    String picture = results.get(0).images().get(steps.get(1).screenshotSha256());
    assertThat(new String(Base64.getDecoder().decode(picture), 8, 4)).isEqualTo("WEBP");
  }

  @TestSideBySide
  @ResourceLock(value = LOG, mode = ResourceAccessMode.READ)
  void pagesAfterASignInAreVisitedSignedInAndTheSecretIsNowhere() throws Exception {
    Journey orders =
        journey(
            """
            name: See the orders
            steps:
              - open: https://shop.nordlys-shoes.example/account
              - click: link "Your orders"
              - wait for: { text: Orders of m-4711 }
            """);
    List<VisitResult> results =
        scan(List.of(SHOP + "/account/orders"), List.of(orders), example("sign-in"), desktop());
    List<PageVisit> pages = visits(results);
    assertThat(failures(pages)).isEmpty();
    assertThat(pages)
        .extracting(PageVisit::finalUrl)
        .containsExactly(
            SHOP + "/account/sign-in",
            SHOP + "/account",
            SHOP + "/account/orders",
            SHOP + "/account",
            SHOP + "/account/orders");
    assertThat(urls(pages.get(2))).anySatisfy(u -> assertThat(u).endsWith("/orders?member=m-4711"));
    assertThat(pages.get(2).cookies())
        .extracting(CapturedCookie::name)
        .doesNotContain("NORDLYS_MEMBER");
    assertThat(urls(pages.get(2)))
        .filteredOn(u -> u.contains("/account/remembered?"))
        .map(u -> URLDecoder.decode(u.replaceFirst(".*\\?", ""), StandardCharsets.UTF_8))
        .as("what the sign-in left in IndexedDB, as the page reads it")
        .containsExactly(
            "{\"version\":3,\"stores\":[\"files\",\"parts\",\"session\"],\"id\":\"now\","
                + "\"member\":\"m-4711\",\"since\":\"1970-01-02T00:00:00.000Z\","
                + "\"sizes\":[41,42],\"token\":[4,7,1,1],\"day\":86400000,\"left\":\"1\"}");
    assertThat(pages.get(2).problems())
        .filteredOn(p -> p.code().equals("sign-in-incomplete"))
        .singleElement()
        .satisfies(p -> assertThat(p.message()).contains("(nordlys/files of " + SHOP + ")"));
    assertThat(codes(pages.get(1))).doesNotContain("sign-in-incomplete");
    assertThat(pages.get(2).storage())
        .as("what the scanner brought along is no write of the page")
        .noneMatch(s -> s.key().equals("nordlys/session") || s.key().equals("nordlys-member"));
    assertThat(written(results).contains(PASSWORD)).isFalse();
  }

  @TestSideBySide
  @ResourceLock(value = LOG, mode = ResourceAccessMode.READ)
  void aSecretThatAFormPutsIntoAnAddressIsMaskedWhereverItShowsUp() throws Exception {
    Journey voucher =
        journey(
            """
            name: Use a voucher
            steps:
              - open: https://shop.nordlys-shoes.example/account/sign-in
              - type: { into: { label: Voucher }, text: "${secret:SHOP_PASSWORD}" }
              - click: button "Use the voucher"
              - click: link "Nowhere"
                timeout: 1 s
            """);
    List<VisitResult> results = take(voucher, desktop());
    assertThat(playground.log())
        .anySatisfy(r -> assertThat(r.url()).contains("voucher=long-light"));
    String written = written(results);
    assertThat(written.contains("long-light-over")).isFalse();
    assertThat(written).contains("voucher=(secret:SHOP_PASSWORD)");
  }

  @TestSideBySide
  @ResourceLock(value = LOG, mode = ResourceAccessMode.READ)
  void aSignInThatFailsLetsNothingBeVisited() throws Exception {
    Journey signIn =
        journey(
            """
            name: Sign in with too short a password
            steps:
              - open: https://shop.nordlys-shoes.example/account/sign-in
              - type: { into: { label: Password }, text: "short" }
              - press: Enter
              - wait for: heading "Your account"
                timeout: 2 s
            """);
    List<PageVisit> pages =
        visits(scan(List.of(SHOP + "/account"), List.of(signIn), signIn, desktop()));
    assertThat(pages).hasSize(4);
    assertThat(pages.get(1).finalUrl()).isEqualTo(SHOP + "/account/sign-in?refused");
    assertThat(codes(pages.get(1))).contains("step-failed");
    for (PageVisit page : pages.subList(2, 4)) {
      assertThat(page.outcome()).isEqualTo(VisitOutcome.FAILED);
      assertThat(codes(page)).containsExactly("sign-in-failed");
      assertThat(page.requests()).isEmpty();
    }
  }

  private static void assertNothingIsLost(List<PageVisit> pages) {
    List<String> served = new ArrayList<>();
    for (ServedRequest request : playground.log())
      served.add(request.method() + " " + request.url());
    for (PageVisit page : pages)
      for (CapturedRequest request : page.requests())
        if (request.seenBy().contains(Observer.PROXY))
          served.remove(request.method() + " " + request.url().replaceFirst("#.*", ""));
    assertThat(served).as("served and on no page of the journey").isEmpty();
  }

  private static List<String> farewells(PageVisit page) {
    return urls(page).stream().filter(u -> u.contains("/left-")).toList();
  }

  private static String farewell(String page) {
    return "/left-" + (page.equals("fjell-runner") ? "product" : page);
  }

  private static List<String> urls(PageVisit page) {
    return page.requests().stream().map(CapturedRequest::url).toList();
  }

  private static List<String> codes(PageVisit page) {
    return page.problems().stream().map(Problem::code).toList();
  }

  private static List<String> failures(List<PageVisit> pages) {
    return pages.stream()
        .map(PageVisit::journey)
        .filter(run -> run != null)
        .flatMap(run -> run.steps().stream())
        .filter(s -> s.result() != Result.DONE)
        .map(s -> s.number() + " " + s.step() + ": " + s.reason())
        .toList();
  }

  private static List<PageVisit> visits(List<VisitResult> results) {
    return results.stream().map(VisitResult::visit).toList();
  }

  /** All that a scan writes, as text. */
  private static String written(List<VisitResult> results) {
    StringBuilder all = new StringBuilder();
    for (VisitResult result : results) {
      ScanReport report =
          ScanReport.of(
              UUID.randomUUID(),
              null,
              scan.identity(),
              List.of(result.visit()),
              result.bodies(),
              result.images());
      all.append(new String(ReportCodec.write(report), StandardCharsets.UTF_8));
      all.append(new String(HarWriter.write(report), StandardCharsets.UTF_8));
    }
    return all.toString();
  }

  private static VisitOptions desktop() {
    return Scans.options(300, 1);
  }

  private static Journey example(String name) throws IOException {
    return journey(Files.readString(EXAMPLES.resolve(name + ".yaml")));
  }

  private static Journey journey(String yaml) throws IOException {
    return JourneyReader.read(YAMLMapper.builder().build().readTree(yaml));
  }

  private static List<VisitResult> take(Journey journey, VisitOptions options) {
    return scan(List.of(), List.of(journey), null, options);
  }

  private static List<VisitResult> scan(
      List<String> urls, List<Journey> journeys, @Nullable Journey signIn, VisitOptions options) {
    PageSet pages =
        urls.isEmpty() ? PageSet.NONE : new PageSet(PageSet.Kind.LIST, urls, urls.size());
    return Scans.scan(scan, new ScanOrder(UUID.randomUUID(), pages, options, journeys, signIn));
  }
}
