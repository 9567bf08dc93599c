package org.tagwarden.dashboard.program.demo;

import java.util.List;
import java.util.Map;
import org.tagwarden.collector.site.SiteDraft;
import org.tagwarden.collector.site.SiteSteps;
import org.tagwarden.report.ConsentState;
import org.tagwarden.report.PageSet;
import org.tagwarden.report.VisitOptions;

/**
 * One made-up client with its site in the playground.
 *
 * @param consents what the visitor answers; more than one where the site shows what follows from it
 * @param journey in YAML; empty for none
 * @param approved tag keys that IT has approved, with the written reason; whatever else the site
 *     loads is waiting for a decision
 */
record DemoSite(
    String client,
    String name,
    String baseUrl,
    List<String> pages,
    List<String> firstParty,
    String alertEmail,
    String cron,
    List<ConsentState> consents,
    String journey,
    Map<String, String> approved) {
  /** Nobody else visits these sites, and somebody waits for the first scan to end. */
  private static final int SIDE_BY_SIDE = 4;

  private static final String FONTS =
      "House typeface; replaced by self-hosted files in the redesign";
  private static final String MANAGER = "Container of the agency; changes only by the change board";
  private static final String ANALYTICS =
      "Reach and conversion reports, agreed in the marketing plan";
  private static final String CONSENT = "Consent banner, required by the data protection officer";
  private static final String VIDEO = "Product films; privacy mode, checked by the DPO";
  private static final String LIBRARY = "Interface library of the current design";
  private static final String ADS = "Campaigns of this season, budget approved by marketing";
  private static final String CHAT = "First-level support, contract until the end of the year";

  private static final String BUY =
      """
      name: Buy a pair of shoes
      steps:
        - open: https://shop.nordlys-shoes.example/buy/fjell-runner
        - select: { in: { label: Size }, option: "42" }
        - click: button "Add to cart"
        - wait for: { text: In your cart }
        - click: link "To the cart"
        - click: { text: To the checkout }
        - mark as payment page
        - type: { into: { label: E-mail }, text: visitor@example.com }
      """;

  /** All of them. */
  static final List<DemoSite> ALL =
      List.of(
          new DemoSite(
              "Nordlys Shoes",
              "Online shop",
              "https://shop.nordlys-shoes.example",
              List.of("/", "/women", "/fjell-runner", "/cart", "/checkout"),
              List.of(),
              "it@nordlys-shoes.example",
              "0 6 * * *",
              List.of(ConsentState.ACCEPT, ConsentState.REJECT),
              BUY,
              Map.ofEntries(
                  Map.entry("google-tag-manager", MANAGER),
                  Map.entry("google-tag", MANAGER),
                  Map.entry("google-analytics", ANALYTICS),
                  Map.entry("google-fonts", FONTS),
                  Map.entry("onetrust", CONSENT),
                  Map.entry("youtube", VIDEO),
                  Map.entry("jsdelivr", LIBRARY),
                  Map.entry("intercom", CHAT),
                  Map.entry("stripe", "Card payments; assessed by the payment provider's SAQ A"),
                  Map.entry("hotjar", "Usability study of the checkout, forms are masked"),
                  Map.entry("meta-pixel", ADS),
                  Map.entry("criteo-onetag", ADS),
                  Map.entry("criteo", ADS))),
          new DemoSite(
              "Halden Insurance",
              "Public web site",
              "https://www.halden-insurance.example",
              List.of("/", "/car", "/home", "/quote", "/claims"),
              List.of(),
              "web-security@halden-insurance.example",
              "30 5 * * 1-5",
              List.of(ConsentState.NONE),
              "",
              Map.ofEntries(
                  Map.entry("google-tag-manager", MANAGER),
                  Map.entry("google-tag", MANAGER),
                  Map.entry("google-analytics", ANALYTICS),
                  Map.entry("google-fonts", FONTS),
                  Map.entry("onetrust", CONSENT),
                  Map.entry("youtube", VIDEO),
                  Map.entry("jsdelivr", LIBRARY),
                  Map.entry("intercom", CHAT),
                  Map.entry("segment", "Routes events to the data warehouse of the group"),
                  Map.entry("optimizely", "Tests of the quote form, each one approved by product"),
                  Map.entry("sentry", "Errors of the quote form; personal data is scrubbed"),
                  Map.entry("linkedin-insight", ADS),
                  Map.entry("google-ads", ADS),
                  Map.entry("microsoft-uet", ADS))),
          new DemoSite(
              "Morgenpost",
              "City news",
              "https://www.morgenpost-city.example",
              List.of("/", "/city", "/sport", "/harbour-bridge", "/subscribe"),
              List.of(),
              "redaktion-it@morgenpost-city.example",
              "0 */6 * * *",
              List.of(ConsentState.NONE),
              "",
              Map.ofEntries(
                  Map.entry("google-tag-manager", MANAGER),
                  Map.entry("google-tag", MANAGER),
                  Map.entry("google-analytics", ANALYTICS),
                  Map.entry("google-publisher-tag", "Ad server of the sales house, contract 2026"),
                  Map.entry("google-fonts", FONTS),
                  Map.entry("onetrust", CONSENT),
                  Map.entry("youtube", VIDEO),
                  Map.entry("jsdelivr", LIBRARY),
                  Map.entry("stripe", "Card payments of subscriptions"),
                  Map.entry("chartbeat", "Live desk of the newsroom"),
                  Map.entry("meta-pixel", ADS),
                  Map.entry("criteo-onetag", ADS),
                  Map.entry("criteo", ADS),
                  Map.entry("taboola", "Recommendations under articles, contract 2026"))));

  /** Marked internal: the playground stands on loopback. */
  SiteDraft draft() {
    List<String> urls = pages.stream().map(baseUrl::concat).toList();
    VisitOptions options =
        VisitOptions.DEFAULT
            .but()
            .consents(consents)
            .concurrency(SIDE_BY_SIDE)
            .allowPrivate(true)
            .screenshots(consents.size() > 1)
            .build();
    return new SiteDraft(
        name,
        baseUrl,
        firstParty,
        new PageSet(PageSet.Kind.LIST, urls, urls.size()),
        options,
        true,
        new SiteSteps("", journey, ""),
        true,
        List.of(alertEmail));
  }
}
