package org.tagwarden.collector.vendors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LoaderTraceTest {
  private static final String GTM = "https://www.googletagmanager.com/gtm.js?id=GTM-AB12CD3";
  private static final String HOTJAR = "https://static.hotjar.com/c/hotjar-1234567.js";
  private static final String NEW_RELIC = "https://js-agent.newrelic.com/nr-spa-1.280.0.min.js";
  private static final String ONETRUST = "https://cdn.cookielaw.org/scripttemplates/otSDKStub.js";
  private static final String STRANGER = "https://tags.stranger.example/s.js";
  private static final String PIXEL = "https://px.other.example/p.gif";
  private static final String APP = "https://www.shop.example/app.js";

  private final Recogniser recogniser = new Recogniser(VendorCatalog.load(null));

  @Test
  void aScriptElementInTheDocumentIsHardCoded() {
    assertLoaded(new Chain().parsed(HOTJAR), "hotjar", LoadMethod.HARD_CODED, null, Chain.PAGE);
  }

  @Test
  void whatTheSitesOwnScriptInsertsIsHardCoded() {
    Chain chain = new Chain().parsed(APP).called(HOTJAR, APP);
    assertLoaded(chain, "hotjar", LoadMethod.HARD_CODED, null, APP);
  }

  @Test
  void whatTheContainerInsertsIsAContainersWhicheverSiteScriptSentTheEvent() {
    Chain chain = new Chain().parsed(APP).parsed(GTM).called(HOTJAR, GTM, "push@" + GTM, APP);
    assertLoaded(chain, "hotjar", LoadMethod.CONTAINER, "google-tag-manager", GTM);
  }

  @Test
  void inlineCodeThatTheContainerInsertedIsTheContainers() {
    Chain chain = new Chain().parsed(GTM).calledInline(HOTJAR, GTM);
    assertLoaded(chain, "hotjar", LoadMethod.CONTAINER, "google-tag-manager", GTM);
  }

  @Test
  void inlineCodeOfUnknownOriginBelowAContainersFrameIsTheContainers() {
    Chain chain = new Chain().parsed(GTM).called(HOTJAR, Chain.PAGE, GTM);
    assertLoaded(chain, "hotjar", LoadMethod.CONTAINER, "google-tag-manager", GTM);
  }

  @Test
  void inlineCodeThatStandsInTheDocumentIsHardCoded() {
    Chain chain = new Chain().parsed(GTM).calledInline(HOTJAR, null);
    assertLoaded(chain, "hotjar", LoadMethod.HARD_CODED, null, Chain.PAGE);
  }

  @Test
  void aConsentPlatformThatSendsTheEventDoesNotDeployTheTag() {
    Chain chain =
        new Chain().parsed(ONETRUST).parsed(GTM).called(HOTJAR, GTM, "n@" + GTM, ONETRUST);
    assertLoaded(chain, "hotjar", LoadMethod.CONTAINER, "google-tag-manager", GTM);
  }

  @Test
  void aTagThatUsesTheContainersCodeToInsertAnotherIsItsLoader() {
    Chain chain =
        new Chain()
            .parsed(GTM)
            .called(STRANGER, GTM)
            .called(PIXEL, "injectScript@" + GTM, STRANGER);
    assertLoaded(
        chain,
        "host:px.other.example",
        LoadMethod.PIGGYBACK,
        "host:tags.stranger.example",
        STRANGER);
  }

  @Test
  void monitoringThatWrapsFetchIsLookedThrough() {
    Chain chain =
        new Chain()
            .parsed(NEW_RELIC)
            .parsed(STRANGER)
            .called(PIXEL, "fetch@" + NEW_RELIC, STRANGER);
    assertLoaded(
        chain,
        "host:px.other.example",
        LoadMethod.PIGGYBACK,
        "host:tags.stranger.example",
        STRANGER);
    Chain own = new Chain().parsed(NEW_RELIC).parsed(APP).called(PIXEL, NEW_RELIC, APP);
    assertLoaded(own, "host:px.other.example", LoadMethod.HARD_CODED, null, APP);
  }

  @Test
  void theTagsOwnFramesAreSkippedUpToWhoeverLoadedIt() {
    String second = "https://tags.stranger.example/t.js";
    Chain chain = new Chain().parsed(GTM).called(STRANGER, GTM).called(second, STRANGER);
    assertLoaded(
        chain, "host:tags.stranger.example", LoadMethod.CONTAINER, "google-tag-manager", GTM);
  }

  @Test
  void aRedirectHopIsATagThatTheRedirectingTagLoaded() {
    String sync = "https://sync.third.example/s.gif";
    Chain chain = new Chain().parsed(GTM).called(PIXEL, GTM).redirected(PIXEL, sync);
    assertLoaded(
        chain, "host:sync.third.example", LoadMethod.PIGGYBACK, "host:px.other.example", PIXEL);
  }

  @Test
  void whatStandsInATagsFrameIsLoadedByThatTag() {
    String frame = "https://frames.stranger.example/f.html";
    Chain chain = new Chain().parsed(frame).parsedIn(frame, PIXEL);
    assertLoaded(
        chain,
        "host:px.other.example",
        LoadMethod.PIGGYBACK,
        "host:frames.stranger.example",
        frame);
  }

  @Test
  void aDocumentInAnAttributeIsThatOfTheDocumentAroundIt() {
    Chain chain = new Chain().parsedInSrcdoc(PIXEL);
    assertLoaded(chain, "host:px.other.example", LoadMethod.HARD_CODED, null, Chain.PAGE);
  }

  @Test
  void aRequestThatNobodyCanExplainHasAnUnknownLoaderUnlessALaterOneTells() {
    assertLoaded(
        new Chain().unexplained(PIXEL), "host:px.other.example", LoadMethod.UNKNOWN, null, null);
    Chain later = new Chain().unexplained(PIXEL).parsed("https://px.other.example/b.js");
    assertLoaded(later, "host:px.other.example", LoadMethod.HARD_CODED, null, Chain.PAGE);
  }

  private void assertLoaded(
      Chain chain,
      String key,
      LoadMethod method,
      @Nullable String loaderKey,
      @Nullable String loaderUrl) {
    SiteScope site = new SiteScope(Chain.PAGE, List.of());
    assertThat(recogniser.recognise(chain.build(), site).tags())
        .filteredOn(tag -> tag.key().equals(key))
        .singleElement()
        .satisfies(
            tag -> {
              assertThat(tag.loadMethod()).isEqualTo(method);
              assertThat(tag.loaderKey()).isEqualTo(loaderKey);
              assertThat(tag.loaderUrl()).isEqualTo(loaderUrl);
            });
  }
}
