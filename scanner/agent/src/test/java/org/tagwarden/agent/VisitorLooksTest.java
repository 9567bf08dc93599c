package org.tagwarden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tagwarden.playground.ServedRequest;
import org.tagwarden.report.ConsentState;
import org.tagwarden.report.DeviceProfile;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.ScannerIdentity;
import org.tagwarden.report.VisitOptions;
import org.tagwarden.report.Visitor;

/** What a page, its frames and its workers read about their visitor, and what servers are told. */
@Tag("browser")
class VisitorLooksTest {
  private static final List<String> DOCUMENTS = List.of("page", "frame", "elsewhere");

  @RegisterExtension static final SharedScan there = new SharedScan();

  private static ScannerIdentity scanner;
  private static final Map<String, JsonNode> desktop = new HashMap<>();
  private static final Map<String, JsonNode> mobile = new HashMap<>();
  private static List<ServedRequest> requests;
  private static List<ServedRequest> requestsOfPhone;

  @BeforeAll
  static void visitOnBoth() throws Exception {
    scanner = there.scan().identity();
    requests = visit(DeviceProfile.DESKTOP, Visitor.ANYBODY, ConsentState.GPC, desktop);
    Visitor berliner = new Visitor("de-DE", "Europe/Berlin", "AcmeMonitor/1.0", false);
    requestsOfPhone = visit(DeviceProfile.MOBILE, berliner, ConsentState.NONE, mobile);
  }

  static List<String> everywhere() {
    return List.of("page", "frame", "elsewhere", "worker", "shared-worker", "service-worker");
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void nothingSaysThatTheBrowserIsAutomated(String where) {
    JsonNode seen = desktop.get(where);
    assertThat(seen.toString()).doesNotContainIgnoringCase("headless");
    assertThat(seen.path("userAgent").asText()).isEqualTo(scanner.userAgent());
    assertThat(seen.path("platform").asText()).isEqualTo("Linux x86_64");
    assertThat(seen.path("cores").asInt()).isPositive();
    assertThat(texts(seen.path("brands")))
        .as("the brands of this Chromium")
        .hasSize(2)
        .contains("Chromium " + major());
    assertThat(texts(seen.path("high").path("fullVersionList"))).contains(scanner.browser());
    assertThat(texts(seen.path("languages"))).containsExactly("en-US", "en");
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void aPhoneOfSomebodyInBerlinIsThatEverywhere(String where) {
    JsonNode seen = mobile.get(where);
    assertThat(seen.path("userAgent").asText())
        .contains("Android 10; K", "Mobile Safari")
        .endsWith(" AcmeMonitor/1.0");
    assertThat(seen.path("appVersion").asText())
        .isEqualTo(seen.path("userAgent").asText().replace("Mozilla/", ""));
    assertThat(seen.path("platform").asText()).isEqualTo("Linux armv81");
    assertThat(seen.path("mobile").asBoolean()).isTrue();
    assertThat(seen.path("uaPlatform").asText()).isEqualTo("Android");
    assertThat(seen.path("high").path("model").asText()).isEqualTo("Pixel 8");
    assertThat(seen.path("language").asText()).isEqualTo("de-DE");
    assertThat(texts(seen.path("languages"))).containsExactly("de-DE", "de");
    assertThat(seen.path("locale").asText()).isEqualTo("de-DE");
    assertThat(seen.path("number").asText()).isEqualTo("1.234,5");
    assertThat(seen.path("timeZone").asText()).isEqualTo("Europe/Berlin");
    assertThat(seen.path("summerOffset").asInt()).isEqualTo(-120);
  }

  @Test
  void aDesktopHasWhatVisitorsDesktopsHave() {
    for (String where : DOCUMENTS) {
      JsonNode seen = desktop.get(where);
      assertThat(seen.path("webdriver").asBoolean(true)).as(where).isFalse();
      assertThat(seen.path("automation")).as(where).isEmpty();
      assertThat(seen.path("plugins").asInt()).isPositive();
      assertThat(seen.path("mimeTypes").asInt()).isPositive();
      assertThat(seen.path("pdf").asBoolean()).isTrue();
      assertThat(seen.path("orientation").path(0).asText()).isEqualTo("landscape-primary");
      assertThat(seen.path("chrome").asText()).isEqualTo("object");
      assertThat(seen.path("webgl").asText()).isNotEmpty();
      assertThat(seen.path("screen").path(0).asInt())
          .as("the screen is larger than the window")
          .isGreaterThanOrEqualTo(seen.path("outer").path(0).asInt());
      assertThat(seen.path("hover").asBoolean()).as("a mouse hovers").isTrue();
      assertThat(seen.path("touch").asBoolean()).isFalse();
    }
    JsonNode page = desktop.get("page");
    assertThat(page.path("outer").path(1).asInt())
        .as("a window has more than its page")
        .isGreaterThan(page.path("inner").path(1).asInt());
    assertThat(page.path("notification").asText()).isEqualTo("default");
    assertThat(page.path("notificationQuery").asText()).isEqualTo("prompt");
  }

  @Test
  void aPhoneIsSmallSharpAndTouched() {
    for (String where : List.of("page", "frame", "elsewhere")) {
      JsonNode seen = mobile.get(where);
      assertThat(seen.path("screen").path(0).asInt()).as(where).isEqualTo(412);
      assertThat(seen.path("pixelRatio").asDouble()).as(where).isEqualTo(2.625);
      assertThat(seen.path("orientation").path(0).asText()).as(where).isEqualTo("portrait-primary");
      assertThat(seen.path("touchPoints").asInt()).as(where).isEqualTo(5);
      assertThat(seen.path("touch").asBoolean()).as(where).isTrue();
      assertThat(seen.path("coarse").asBoolean()).as(where).isTrue();
      assertThat(seen.path("hover").asBoolean()).as(where).isFalse();
    }
    assertThat(mobile.get("page").path("inner").path(0).asInt()).isEqualTo(412);
  }

  @Test
  void aPhonesBrowserHasNoPluginsAndShowsNoPdf() {
    for (String where : DOCUMENTS) {
      JsonNode seen = mobile.get(where);
      assertThat(seen.path("plugins").asInt(-1)).as(where).isZero();
      assertThat(seen.path("mimeTypes").asInt(-1)).as(where).isZero();
      assertThat(seen.path("pluginNames")).as(where).isEmpty();
      assertThat(seen.path("firstPlugin").asText()).as(where).isEqualTo("undefined");
      assertThat(seen.path("pluginList").asText()).isEqualTo("[object PluginArray]truetruenull");
      assertThat(seen.path("pluginGetter").asText()).matches("function .*\\{ \\[native code] }");
      assertThat(seen.path("pdf").asBoolean(true)).as(where).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void aPhoneIsOnAMobileNetworkAndADesktopDoesNotSay(String where) {
    JsonNode phone = mobile.get(where).path("network");
    assertThat(phone.path("type").asText()).isEqualTo("cellular");
    assertThat(phone.path("effectiveType").asText()).isEqualTo("4g");
    assertThat(phone.path("max").asInt()).isPositive();
    assertThat(phone.path("far").asBoolean()).isTrue();
    assertThat(desktop.get(where).path("network").has("type")).isFalse();
    assertThat(texts(mobile.get(where).path("high").path("formFactors"))).containsExactly("Mobile");
    assertThat(texts(desktop.get(where).path("high").path("formFactors")))
        .containsExactly("Desktop");
  }

  @Test
  void thePrivacySignalIsSetInDocumentsAndWorkersAndOnlyWhenAskedFor() {
    for (String where : everywhere()) {
      assertThat(desktop.get(where).path("gpc").asBoolean()).as(where).isTrue();
      assertThat(mobile.get(where).has("gpc")).as(where).isFalse();
    }
    assertThat(requests).allMatch(r -> "1".equals(r.headers().get("sec-gpc")));
    assertThat(requestsOfPhone).noneMatch(r -> r.headers().containsKey("sec-gpc"));
  }

  @Test
  void serversAreToldTheSameAsScripts() {
    for (ServedRequest request : requestsOfPhone) {
      Map<String, String> headers = request.headers();
      assertThat(headers.get("user-agent"))
          .as(request.url())
          .isEqualTo(mobile.get("page").path("userAgent").asText());
      assertThat(headers.get("accept-language")).as(request.url()).startsWith("de-DE,de");
      assertThat(headers.getOrDefault("sec-ch-ua-mobile", "?1")).isEqualTo("?1");
      assertThat(headers.getOrDefault("sec-ch-ua-platform", "\"Android\""))
          .isEqualTo("\"Android\"");
    }
    for (ServedRequest request : requests)
      assertThat(request.headers().toString()).doesNotContainIgnoringCase("headless");
  }

  private static List<ServedRequest> visit(
      DeviceProfile device, Visitor visitor, ConsentState consent, Map<String, JsonNode> seen)
      throws Exception {
    VisitOptions options =
        Scans.options(1_500, 1)
            .but()
            .consents(List.of(consent))
            .device(device)
            .visitor(visitor)
            .build();
    PageVisit visit = there.visit("https://looks.example/", options);
    assertThat(visit.scripts().toString()).as("our own scripts").doesNotContain("tagwarden");
    List<ServedRequest> log = there.playground().log();
    for (ServedRequest request : log) {
      if (!URI.create(request.url()).getPath().equals("/seen")) continue;
      String[] parts = URI.create(request.url()).getRawQuery().split("[=&]", -1);
      String text = URLDecoder.decode(parts[3], StandardCharsets.UTF_8);
      seen.put(parts[1], JsonMapper.builder().build().readTree(text));
    }
    assertThat(seen.keySet()).containsAll(everywhere());
    assertThat(log).extracting(ServedRequest::url).contains("https://looks.example/popup");
    there.playground().clearLog();
    return log;
  }

  private static String major() {
    return scanner.browser().replaceAll("\\D*(\\d+)\\..*", "$1");
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new java.util.ArrayList<>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
