package org.tagwarden.collector.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.vendors.Category;
import org.tagwarden.report.Failure.Code;
import org.tagwarden.report.ResourceType;

/** Script over http, integrity, vulnerable library, duplicate tag, mixed content. */
class ScriptChecksTest {
  private static final String VUE = "https://cdn.jsdelivr.net/npm/vue@3.4.21/dist/vue.js";

  @Test
  void aScriptOverHttpIsReportedAndABlockedOneIsNot() {
    Check check = new ScriptOverHttpCheck();
    assertThat(check.examine(ExampleVisit.clean().script("http://a.example/x.js", "x").visited()))
        .extracting(Failure::subject)
        .containsExactly("a.example/x.js");
    assertThat(
            check.examine(
                ExampleVisit.clean()
                    .failed("http://a.example/x.js", ResourceType.SCRIPT, Code.BLOCKED)
                    .visited()))
        .isEmpty();
  }

  @Test
  void theOwnScriptsOfASiteOverHttpAreOneFinding() {
    Visited visited =
        ExampleVisit.clean()
            .page("http://www.shop.example/")
            .script("http://www.shop.example/a.js", "a();")
            .script("http://www.shop.example/b.js", "b();")
            .script("http://old.counter.example/count.js", "c();")
            .visited();
    assertThat(new ScriptOverHttpCheck().examine(visited))
        .extracting(Failure::subject)
        .containsExactly("www.shop.example", "old.counter.example/count.js");
  }

  @Test
  void anIntegrityAttributeThatFitsTheServedFileIsRight() {
    for (String algorithm : List.of("SHA-384", "SHA-256")) {
      assertThat(integrity(VUE, "vue();", sri(algorithm, "vue();"))).isEmpty();
    }
    assertThat(integrity(VUE, "vue();", sri("SHA-384", "old();") + " " + sri("SHA-384", "vue();")))
        .isEmpty();
  }

  @Test
  void anIntegrityAttributeThatDoesNotFitIsHigh() {
    assertThat(integrity(VUE, "evil();", sri("SHA-384", "vue();")))
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.severity()).isEqualTo(Severity.HIGH);
              assertThat(f.subject()).isEqualTo("cdn.jsdelivr.net/npm/vue@*/dist/vue.js");
              assertThat(f.evidence()).contains("Served: " + sri("SHA-384", "evil();"));
            });
    String weakRightStrongWrong = sri("SHA-256", "evil();") + " " + sri("SHA-384", "vue();");
    assertThat(integrity(VUE, "evil();", weakRightStrongWrong)).hasSize(1);
  }

  @Test
  void whatTheBrowserRefusedForItsIntegrityIsHighWithoutAnyBody() {
    String told =
        "Failed to find a valid digest in the 'integrity' attribute for resource '"
            + VUE
            + "' with computed SHA-384 integrity 'x'. The resource has been blocked.";
    assertThat(
            new ScriptIntegrityCheck().examine(ExampleVisit.clean().consoleError(told).visited()))
        .extracting(Failure::severity)
        .containsExactly(Severity.HIGH);
  }

  @Test
  void onlyFilesThatNeverChangeNeedAnIntegrityAttribute() {
    assertThat(integrity(VUE, "vue();", "")).hasSize(1);
    assertThat(integrity("https://cdn.jsdelivr.net/npm/vue@3/dist/vue.js", "v();", "")).isEmpty();
    assertThat(integrity("https://www.googletagmanager.com/gtm.js", "g();", "")).isEmpty();
    assertThat(integrity("https://www.shop.example/app-1.2.3.js", "a();", "")).isEmpty();
  }

  @Test
  void aHostThatServedMaliciousCodeIsCriticalUnderAnyOfItsNames() {
    Visited visited =
        ExampleVisit.clean()
            .script("https://polyfill.io/v3/polyfill.min.js", "p();")
            .request("https://cdn.bootcss.com/a.css", ResourceType.STYLESHEET)
            .script("https://notpolyfill.io/p.js", "p();")
            .visited();
    assertThat(new CompromisedHostCheck().examine(visited))
        .extracting(Failure::subject)
        .containsExactly("polyfill.io", "bootcss.com");
  }

  @Test
  void aVulnerableLibraryIsFoundByItsNameAndByItsText() {
    Check check = new VulnerableLibraryCheck();
    Visited byName =
        ExampleVisit.clean().script("https://code.jquery.com/jquery-1.8.1.min.js", "x").visited();
    assertThat(check.examine(byName))
        .extracting(Failure::subject)
        .containsExactly("jquery in code.jquery.com/jquery-*.min.js");
    Visited byText =
        ExampleVisit.clean()
            .script("https://www.shop.example/bundle.js", "/*! jQuery v1.8.1 jquery.com */")
            .visited();
    assertThat(check.examine(byText))
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.subject()).isEqualTo("jquery in www.shop.example/bundle.js");
              assertThat(f.evidence()).anyMatch(line -> line.contains("CVE-2015-9251"));
            });
  }

  @Test
  void aCurrentLibraryIsNotReported() {
    Visited visited =
        ExampleVisit.clean()
            .script("https://www.shop.example/jquery-3.7.1.min.js", "/*! jQuery v3.7.1 */")
            .visited();
    assertThat(new VulnerableLibraryCheck().examine(visited)).isEmpty();
  }

  @Test
  void aTagLoadedTwiceForOneAccountIsReportedAndTwoAccountsAreNot() {
    String gtag = "https://www.googletagmanager.com/gtag/js?id=";
    assertThat(duplicates(gtag + "G-AAAA1111", gtag + "G-AAAA1111&l=dataLayer"))
        .extracting(Failure::subject)
        .containsExactly("google-analytics G-AAAA1111");
    assertThat(duplicates(gtag + "G-AAAA1111", gtag + "G-BBBB2222")).isEmpty();
    assertThat(duplicates(gtag + "G-AAAA1111", gtag + "G-AAAA11112")).isEmpty();
  }

  @Test
  void insecureContentOnASecurePageIsReportedByHostAlsoWhenOnlyTheConsoleTells() {
    Check check = new MixedContentCheck();
    Visited visited =
        ExampleVisit.clean()
            .request("http://img.a.example/1.jpg", ResourceType.IMAGE)
            .request("http://img.a.example/2.jpg", ResourceType.IMAGE)
            .request("http://127.0.0.1:5000/local", ResourceType.FETCH)
            .consoleError(
                "Mixed Content: The page at 'https://www.shop.example/' was loaded over HTTPS, but"
                    + " requested an insecure script 'http://old.b.example/x.js'. This request has"
                    + " been blocked.")
            .visited();
    assertThat(check.examine(visited))
        .extracting(Failure::subject)
        .containsExactly("img.a.example", "old.b.example");
  }

  @Test
  void aPageOverHttpHasNoMixedContent() {
    Visited visited =
        ExampleVisit.clean()
            .page("http://www.shop.example/")
            .request("http://img.a.example/1.jpg", ResourceType.IMAGE)
            .visited();
    assertThat(new MixedContentCheck().examine(visited)).isEmpty();
  }

  private static List<Failure> duplicates(String first, String second) {
    return new DuplicateTagCheck()
        .examine(
            ExampleVisit.clean()
                .tag(
                    "www.googletagmanager.com",
                    "google-analytics",
                    "Google Analytics",
                    Category.ANALYTICS,
                    "G-AAAA1111")
                .script(first, "g();")
                .script(second, "g();")
                .visited());
  }

  private static List<Failure> integrity(String url, String body, String attribute) {
    Map<String, String> attributes =
        attribute.isEmpty() ? Map.of() : Map.of("integrity", attribute, "crossorigin", "anonymous");
    return new ScriptIntegrityCheck()
        .examine(ExampleVisit.clean().script(url, body, attributes).visited());
  }

  private static String sri(String algorithm, String body) {
    String hash = Base64.getEncoder().encodeToString(ExampleVisit.digest(algorithm, body));
    return algorithm.replace("SHA-", "sha") + "-" + hash;
  }
}
