package org.tagwarden.collector.vendors;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.SampleReports;
import org.tagwarden.report.SampleVisit;

class RecogniserTest {
  private static final String PAGE = "https://www.shop.example/";
  private static final SiteScope SHOP = new SiteScope(PAGE, List.of());
  private final Recogniser recogniser = new Recogniser(VendorCatalog.load(null));

  @Test
  void everyThirdPartyRequestBelongsToATagAndNoFirstPartyRequestDoes() {
    PageVisit visit = SampleReports.shop(PAGE).build();
    Recognition recognition = recogniser.recognise(visit, SHOP);
    for (CapturedRequest request : visit.requests()) {
      boolean third = SHOP.partyOf(request.url()) == Party.THIRD;
      assertThat(recognition.isThirdParty(request.id())).as(request.url()).isEqualTo(third);
    }
    Set<Integer> ofTags =
        recognition.tags().stream()
            .flatMap(t -> t.requestIds().stream())
            .collect(Collectors.toSet());
    assertThat(ofTags).isEqualTo(recognition.tagKeyByRequest().keySet());
  }

  @Test
  void aHostThatNobodyKnowsIsAnUnknownTag() {
    Tag tag = tag(SampleReports.shop(PAGE).build(), "host:tags.unheard-of.example");
    assertThat(tag.known()).isFalse();
    assertThat(tag.category()).isEqualTo(Category.UNKNOWN);
    assertThat(tag.vendor()).isEqualTo("tags.unheard-of.example");
    assertThat(tag.loadMethod()).isEqualTo(LoadMethod.HARD_CODED);
    assertThat(tag.loaderUrl()).isEqualTo(PAGE);
  }

  @Test
  void aCompanyWithoutProductsOfOursIsKnownByName() {
    PageVisit visit =
        SampleReports.visit(PAGE).script("https://s7.addthis.com/js/300/a.js", "a();").build();
    Tag tag = onlyTag(visit);
    assertThat(tag.key()).startsWith("vendor:");
    assertThat(tag.known()).isTrue();
  }

  @Test
  void whatAnybodyCanRentIsATagOfItsOwn() {
    PageVisit visit =
        SampleReports.visit(PAGE)
            .script("https://d111111abcdef8.cloudfront.net/a.js", "a();")
            .script("https://stranger.s3.amazonaws.com/b.js", "b();")
            .script("https://someone.github.io/c.js", "c();")
            .build();
    assertThat(recogniser.recognise(visit, SHOP).tags())
        .extracting(Tag::key)
        .containsExactly(
            "host:d111111abcdef8.cloudfront.net",
            "host:stranger.s3.amazonaws.com",
            "host:someone.github.io");
  }

  @Test
  void whatAContainerDeployedNamesTheContainer() {
    PageVisit visit = SampleReports.visit(PAGE).gtm("GTM-AB12CD3").ga("G-ABCDEF1234").build();
    Tag container = tag(visit, "google-tag-manager");
    assertThat(container.loadMethod()).isEqualTo(LoadMethod.HARD_CODED);
    assertThat(container.accountIds()).containsExactly("GTM-AB12CD3");
    Tag analytics = tag(visit, "google-analytics");
    assertThat(analytics.loadMethod()).isEqualTo(LoadMethod.CONTAINER);
    assertThat(analytics.loaderKey()).isEqualTo("google-tag-manager");
    assertThat(analytics.loaderUrl())
        .isEqualTo("https://www.googletagmanager.com/gtm.js?id=GTM-AB12CD3");
    assertThat(analytics.accountIds()).containsExactly("G-ABCDEF1234");
    assertThat(analytics.requestIds()).hasSize(2);
    assertThat(analytics.hosts())
        .containsExactly("www.googletagmanager.com", "www.google-analytics.com");
  }

  @Test
  void aContainerIsNamedByItsIdAndByTheVersionThatItsTextTells() {
    String other = "https://www.googletagmanager.com/gtm.js?id=GTM-0THER12";
    SampleVisit visit =
        SampleReports.visit(PAGE)
            .script(other, "var data = {\"resource\": {\"version\":\"108\"}};")
            .gtm("GTM-AB12CD3", "42")
            .ga("G-ABCDEF1234");
    Map<String, String> bodies = SampleReports.report(UUID.randomUUID(), visit).bodies();
    Recognition seen = recogniser.recognise(visit.build(), SHOP, bodies::get);
    assertThat(requireNonNull(seen.tag("google-analytics")).container())
        .isEqualTo(new Container("GTM-AB12CD3", "42"));
    assertThat(requireNonNull(seen.tag("google-tag-manager")).versions())
        .containsExactlyInAnyOrderEntriesOf(Map.of("GTM-AB12CD3", "42", "GTM-0THER12", "108"));
    assertThat(requireNonNull(seen.tag("google-tag-manager")).container()).isNull();
    Recognition unread = recogniser.recognise(visit.build(), SHOP);
    assertThat(requireNonNull(unread.tag("google-analytics")).container())
        .isEqualTo(new Container("GTM-AB12CD3", null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          https://www.googletagmanager.com/gtm.js?id=GTM-AB12CD3 | {"resource": { "version":"42", | 42
          https://tags.tiqcdn.com/utag/shop/main/prod/utag.js | //tealium universal tag - utag.loader ut4.46.202210140945, Copyright | 202210140945
          https://assets.adobedtm.com/launch-EN0123456789.min.js | container={buildInfo:{minified:!0,turbineBuildDate:"2021-08-11T20:25:49Z",buildDate:"2021-11-17T17:06:08Z"} | 2021-11-17T17:06:08Z
          https://assets.adobedtm.com/launch-EN0123456789.js | { "buildInfo": { "buildDate": "2023-08-25T10:57:56Z" } } | 2023-08-25T10:57:56Z
          """)
  void tagManagersTellTheirVersionInTheirText(String url, String text, String version) {
    SampleVisit visit = SampleReports.visit(PAGE).script(url, text);
    Map<String, String> bodies = SampleReports.report(UUID.randomUUID(), visit).bodies();
    assertThat(recogniser.recognise(visit.build(), SHOP, bodies::get).tags())
        .flatExtracting(tag -> tag.versions().values())
        .containsExactly(version);
  }

  @Test
  void aTagThatAnotherTagBroughtIsAPiggyback() {
    Tag tag = tag(SampleReports.shop(PAGE).build(), "host:pixel.stranger.example");
    assertThat(tag.loadMethod()).isEqualTo(LoadMethod.PIGGYBACK);
    assertThat(tag.loaderKey()).isEqualTo("host:tags.unheard-of.example");
  }

  @Test
  void whatATagsScriptSendsToItsCompanysOtherHostsBelongsToTheTag() {
    String script = "https://cdn.taboola.com/libtrc/unip/1234567/tfa.js";
    PageVisit visit =
        SampleReports.visit(PAGE)
            .script("https://connect.facebook.net/en_US/fbevents.js", "fbq();")
            .script(script, "t();")
            .beacon(
                "https://connect.facebook.net/en_US/fbevents.js", "https://graph.atlassbx.com/e")
            .build();
    assertThat(recogniser.recognise(visit, SHOP).tags())
        .extracting(Tag::key)
        .containsExactly("meta-pixel", "taboola");
  }

  @Test
  void whatAnUnknownTagsScriptSendsToItsDomainsOtherHostsBelongsToTheTag() {
    Chain chain =
        new Chain()
            .parsed("https://cdn.sizes.example/a.js")
            .called("https://api.sizes.example/v1", "https://cdn.sizes.example/a.js")
            .unexplained("https://late.sizes.example/bye")
            .parsed("https://img.sizes.example/i.gif");
    Recognition recognition =
        recogniser.recognise(chain.build(), new SiteScope(Chain.PAGE, List.of()));
    assertThat(recognition.tags())
        .extracting(Tag::key)
        .containsExactly("host:cdn.sizes.example", "host:img.sizes.example");
    assertThat(recognition.tags().get(0).hosts())
        .containsExactly("cdn.sizes.example", "api.sizes.example", "late.sizes.example");
  }

  @Test
  void oneAccountIsOneIdHoweverTheUrlWritesIt() {
    Chain chain =
        new Chain()
            .parsed("https://www.googletagmanager.com/gtag/js?id=AW-771204586")
            .parsed("https://googleads.g.doubleclick.net/pagead/viewthroughconversion/771204586/");
    assertThat(onlyTag(chain.build()).accountIds()).containsExactly("AW-771204586");
  }

  @Test
  void aVendorBehindANameOfTheSitesOwnIsThatVendor() {
    Chain chain =
        new Chain()
            .alias("data.shop.example", "shop.edge.example", "shop.sc.omtrdc.net")
            .parsed("https://data.shop.example/tag.js")
            .called("https://data.shop.example/hit?x=1", "https://data.shop.example/tag.js");
    Tag tag = onlyTag(chain.build());
    assertThat(tag.key()).isEqualTo("adobe-analytics");
    assertThat(tag.hosts()).containsExactly("data.shop.example");
    assertThat(tag.requestIds()).hasSize(2);
  }

  @Test
  void whatMerelyLiesAtAHostingCompanyStaysTheSitesOwn() {
    Chain chain =
        new Chain()
            .alias("static.shop.example", "d111111abcdef8.cloudfront.net")
            .alias("www.shop.example", "shop.sc.omtrdc.net")
            .parsed("https://static.shop.example/shop.js")
            .parsed("https://www.shop.example/own.js");
    assertThat(recogniser.recognise(chain.build(), SHOP).tags()).isEmpty();
  }

  @Test
  void theDocumentIsNoTagWhereTheSiteMovedToAnotherDomain() {
    PageVisit visit = SampleReports.visit("https://new-shop.example/").build();
    assertThat(recogniser.recognise(visit, SHOP).tags()).isEmpty();
  }

  private Tag tag(PageVisit visit, String key) {
    for (Tag tag : recogniser.recognise(visit, SHOP).tags()) if (tag.key().equals(key)) return tag;
    throw new AssertionError("No tag " + key);
  }

  private Tag onlyTag(PageVisit visit) {
    assertThat(recogniser.recognise(visit, SHOP).tags()).hasSize(1);
    return requireNonNull(recogniser.recognise(visit, SHOP).tags().get(0));
  }
}
