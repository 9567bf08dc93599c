package org.tagwarden.collector.governance.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.governance.AuthorizationJson;
import org.tagwarden.collector.governance.rules.AuthorizationDraft;
import org.tagwarden.collector.governance.rules.Subject;

class PolicyTest {
  private static final Map<String, Integer> SITES = Map.of("Shop", 7, "Blog", 8);

  private static final String GOOD =
      """
      client: Bakery
      authorizations:
        - site: Shop
          pages: payment
          product: hotjar
          verdict: approved
          reason: business
          justification: Heatmaps of the checkout.
          owner: ida@shop.example
          deputy: tom@shop.example
          expires: 2026-12-31
          review: 2026-09-01
          envelope:
            hosts: ["*.hotjar.com"]
            brings: []
            cookies: {"_hjSession_*": 1h, "_hjSessionUser_*": 365d, x: session}
            consent: [accept]
            pages: [/checkout/*]
            bytes: 300000
            requests: 20
            behaviours: [storage, form_reading]
        - vendor: Google
          verdict: pending
          justification: 'Asked for, "soon"'
      """;

  @Test
  void whatIsReadIsWrittenAndReadAgainInBothFormats() {
    List<AuthorizationDraft> drafts = drafts(GOOD, PolicyFormat.YAML);
    assertThat(drafts).hasSize(2);
    assertThat(drafts.get(0).scope().siteId()).isEqualTo(7);
    assertThat(drafts.get(0).envelope().fourthParties()).isEmpty();
    assertThat(drafts.get(1).scope().siteId()).isNull();
    assertThat(drafts.get(1).subject()).isEqualTo(new Subject(Subject.Kind.VENDOR, "Google"));
    for (PolicyFormat format : PolicyFormat.values()) {
      String written =
          Policy.write(
              "Bakery",
              List.of(
                  AuthorizationJson.write(drafts.get(0), "Shop"),
                  AuthorizationJson.write(drafts.get(1), null)),
              format);
      assertThat(drafts(written, format)).as(written).isEqualTo(drafts);
    }
  }

  @Test
  void aTypoIsSaidWithLineAndColumn() {
    assertWrong(
        GOOD.replace("reason:", "raeson:"),
        "Line 7, column 5: An authorization knows no \"raeson\"");
    assertWrong(
        GOOD.replace("hosts:", "hots:"), "Line 14, column 7: An envelope knows no \"hots\"");
    assertWrong(
        GOOD.replace("verdict: approved", "verdict: aproved"),
        "Line 6, column 5: The verdict is approved, refused or pending.");
    assertWrong(
        GOOD.replace("site: Shop", "site: Schop"),
        "Line 3, column 5: This client has no site \"Schop\".");
    assertWrong(
        GOOD.replace("2026-12-31", "2026-13-31"), "Line 11, column 5: \"2026-13-31\" is no day");
    assertWrong(GOOD.replace("365d", "1 year"), "Line 16, column 7: \"1 year\" is no lifetime");
    assertWrong(
        GOOD.replace("[accept]", "[yes please]"), "Line 17, column 7: \"yes please\" is no choice");
    assertWrong(
        GOOD.replace("- vendor: Google", "- product: hotjar\n    vendor: Google"),
        "It is about one thing");
    assertWrong(
        GOOD.replace("client: Bakery", "clinet: Bakery"),
        "Line 1, column 1: A policy knows no \"clinet\"");
    assertWrong(
        GOOD.replace("    verdict: pending\n", ""), "Line 22, column 5: It needs a verdict.");
    assertWrong("client: \"open", "this is not YAML");
    assertWrong(
        GOOD.replace("product: hotjar", "product: hotjar\n    product: other"), "Duplicate");
    assertWrong(
        GOOD + "- host: x.example\n",
        "Line 25, column 1: this is not YAML (it is not indented as what it belongs to)");
    assertWrong(
        GOOD.replace("vendor: Google", "host: a b.example"),
        "Line 22, column 5: \"a b.example\" is no host");
    assertWrong("", "a policy begins with");
    assertWrong(
        GOOD.replace("[/checkout/*]", "[checkout]"), "Line 18, column 7: \"checkout\" is no page");
    assertWrong(GOOD.replace("client: Bakery", "client:"), "client: is a name");
  }

  @Test
  void aFileThatLostItsEndAndOneWithASecondDocumentAreNoPolicies() {
    assertWrong("client: Bakery\n", "authorizations: is missing; write [] for none");
    assertThat(drafts("authorizations: []\n", PolicyFormat.YAML)).isEmpty();
    assertWrong(GOOD + "---\nclient: Bakery\n", "Line 26, column 1: a policy is one document");
  }

  @Test
  void aHugeFileIsRefusedByWhatIsTooMuch() {
    String one = "  - {host: h%d.example, verdict: approved, justification: x}\n";
    StringBuilder many = new StringBuilder("authorizations:\n");
    for (int i = 0; i <= 5_000; i++) many.append(one.formatted(i));
    assertWrong(many.toString(), "Line 5002, column 5: a policy has at most 5000 authorizations");
    assertWrong("#".repeat(900_001), "at most 900 kB");
  }

  @Test
  void theSameSubjectTwiceIsAMistake() {
    String twice = GOOD + GOOD.substring(GOOD.indexOf("  - vendor"));
    assertWrong(twice, "vendor Google is there already, on line 22.");
  }

  @Test
  void aTypoInASpreadsheetIsSaidWithLineAndColumn() {
    String csv = "site,kind,subject,verdict,justification\r\n";
    assertWrongCsv(csv + "Shop,product,hotjar,aproved,x", "Line 2, column 21: The verdict is");
    assertWrongCsv(csv + "\n\nShop,brand,hotjar,approved,x", "Line 4, column 6: A kind is");
    assertWrongCsv(
        csv + "Shop,product,\"hotjar,approved,x", "Line 2, column 14: the quotation mark");
    assertWrongCsv(
        "site,kind,subjekt\n", "Line 1, column 11: A policy knows no column \"subjekt\"");
    assertWrongCsv(csv + "Shop,product,hotjar,approved,x,y", "more cells than columns");
    assertThat(
            drafts(csv + "Shop,product,hotjar,approved,\"a, \"\"b\"\"\nc\"", PolicyFormat.CSV)
                .get(0)
                .justification())
        .isEqualTo("a, \"b\"\nc");
  }

  @Test
  void cellsThatWouldBeFormulasStayTexts() {
    AuthorizationDraft draft =
        drafts(GOOD.replace("Heatmaps of the checkout.", "\"=1+1\""), PolicyFormat.YAML).get(0);
    String csv =
        Policy.write("Bakery", List.of(AuthorizationJson.write(draft, "Shop")), PolicyFormat.CSV);
    assertThat(csv).contains(",'=1+1,");
    assertThat(drafts(csv, PolicyFormat.CSV)).containsExactly(draft);
  }

  @Test
  void thePolicyOfTheDocumentationIsOne() throws Exception {
    Path documented = Path.of("..", "configs", "policies", "northwind.yaml");
    Policy policy = Policy.read(Files.readString(documented), PolicyFormat.YAML);
    assertThat(policy.client()).isEqualTo("Northwind");
    assertThat(policy.drafts(1, Map.of("Shop", 7))).hasSizeGreaterThan(3);
  }

  private static List<AuthorizationDraft> drafts(String text, PolicyFormat format) {
    return Policy.read(text, format).drafts(1, SITES);
  }

  private static void assertWrong(String yaml, String sentence) {
    assertThatThrownBy(() -> drafts(yaml, PolicyFormat.YAML)).hasMessageContaining(sentence);
  }

  private static void assertWrongCsv(String csv, String sentence) {
    assertThatThrownBy(() -> drafts(csv, PolicyFormat.CSV)).hasMessageContaining(sentence);
  }
}
