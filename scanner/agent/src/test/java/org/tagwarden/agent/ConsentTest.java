package org.tagwarden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tagwarden.report.CapturedCookie;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.ConsentPhase;
import org.tagwarden.report.ConsentRecipe;
import org.tagwarden.report.ConsentState;
import org.tagwarden.report.ElementSelector;
import org.tagwarden.report.InitiatorChain;
import org.tagwarden.report.JourneyStep;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.Problem;
import org.tagwarden.report.Screenshot;
import org.tagwarden.report.VisitOptions;

/** The banners of the playground, answered in a real browser: what fired before, what after. */
@Tag("browser")
class ConsentTest {
  private static final String SITE = "https://choices.example/";
  private static final String TAGS = "https://cdn.choice-tags.example/";

  private static final JourneyStep OPEN = click(ElementSelector.By.TEXT, "Tell me more", null);

  /** For the home-made banner; on other pages its first step fails. */
  private static final ConsentRecipe RECIPE =
      new ConsentRecipe(
          List.of(OPEN, click(ElementSelector.By.ROLE, "button", "Yes please, all of them")),
          List.of(OPEN, click(ElementSelector.By.CSS, ".shop-note-no", null)));

  @RegisterExtension static final SharedScan there = new SharedScan();

  private static final Map<String, PageVisit> visits = new ConcurrentHashMap<>();

  /** Each page with the choices that a test looks at; the slowest visit goes first. */
  @BeforeAll
  static void visitAllOfThem() throws Exception {
    List<Callable<Object>> plan = new ArrayList<>();
    plan.add(planned("stuck", ConsentState.ACCEPT, ConsentRecipe.NONE));
    plan.add(planned("no-banner", ConsentState.ACCEPT, ConsentRecipe.NONE));
    plan.add(planned("no-banner", ConsentState.REJECT, ConsentRecipe.NONE));
    plan.add(planned("home-made", ConsentState.ACCEPT, RECIPE));
    plan.add(planned("home-made", ConsentState.REJECT, RECIPE));
    plan.add(planned("onetrust", ConsentState.ACCEPT, RECIPE));
    for (String page : List.of("onetrust", "cookiebot", "usercentrics", "sourcepoint", "reloading"))
      for (ConsentState choice : List.of(ConsentState.ACCEPT, ConsentState.REJECT))
        plan.add(planned(page, choice, ConsentRecipe.NONE));
    plan.add(planned("home-made", ConsentState.ACCEPT, ConsentRecipe.NONE));
    for (String page : List.of("onetrust", "cookiebot", "usercentrics", "sourcepoint", "home-made"))
      plan.add(planned(page, ConsentState.NONE, ConsentRecipe.NONE));
    ExecutorService visitors = Executors.newFixedThreadPool(4);
    try {
      for (Future<Object> visit : visitors.invokeAll(plan)) visit.get();
    } finally {
      visitors.shutdownNow();
    }
  }

  private static Callable<Object> planned(String page, ConsentState choice, ConsentRecipe recipe) {
    VisitOptions options =
        Scans.options(1_600, 1)
            .but()
            .consents(List.of(choice))
            .recipe(recipe)
            .screenshots(recipe == RECIPE)
            .build();
    String name = (recipe == RECIPE ? "recipe " : "") + page + ' ' + choice;
    return () -> visits.put(name, there.visit(SITE + page, options));
  }

  private static JourneyStep click(ElementSelector.By by, String value, @Nullable String name) {
    ElementSelector on = new ElementSelector(by, value, name, 1);
    return new JourneyStep(JourneyStep.Action.CLICK, on, null, 3_000L);
  }

  @ParameterizedTest
  @CsvSource({
    "onetrust, Onetrust",
    "cookiebot, Cybotcookiebot",
    "usercentrics, usercentrics-api",
    "sourcepoint, Sourcepoint-frame",
    "reloading, Onetrust"
  })
  void tagsThatWaitForAYesFireAfterItAndCarryThatPhase(String page, String platform) {
    PageVisit visit = visit(page, ConsentState.ACCEPT);
    assertThat(visit.problems()).extracting(Problem::code).doesNotContain("consent-not-reached");
    assertThat(visit.choice().platform()).isEqualTo(platform);
    assertThat(visit.choice().method()).isEqualTo("autoconsent");
    assertThat(phase(visit, TAGS + "pixel.gif?accepted")).isEqualTo(ConsentPhase.AFTER_CHOICE);
    assertThat(phase(visit, TAGS + "api?accepted-later")).isEqualTo(ConsentPhase.AFTER_CHOICE);
    assertThat(phase(visit, TAGS + "pixel.gif?asked-nobody"))
        .as("a tag that asks nobody")
        .isEqualTo(ConsentPhase.BEFORE_CHOICE);
    assertThat(urls(visit)).doesNotContain(TAGS + "pixel.gif?despite-the-no");
  }

  @ParameterizedTest
  @CsvSource({
    "onetrust, Onetrust",
    "cookiebot, Cybotcookiebot",
    "usercentrics, usercentrics-api",
    "sourcepoint, Sourcepoint-frame",
    "reloading, Onetrust"
  })
  void tagsThatTakeNoNoForAnAnswerCarryThePhaseAfterIt(String page, String platform) {
    PageVisit visit = visit(page, ConsentState.REJECT);
    assertThat(visit.problems())
        .extracting(Problem::code)
        .doesNotContain("consent-not-reached", "consent-unconfirmed");
    assertThat(visit.choice().platform()).isEqualTo(platform);
    assertThat(phase(visit, TAGS + "pixel.gif?despite-the-no"))
        .isEqualTo(ConsentPhase.AFTER_CHOICE);
    assertThat(urls(visit)).doesNotContain(TAGS + "pixel.gif?accepted");
  }

  @ParameterizedTest
  @CsvSource({"onetrust", "cookiebot", "usercentrics", "sourcepoint", "home-made"})
  void withoutAChoiceNothingIsAnswered(String page) {
    PageVisit visit = visit(page, ConsentState.NONE);
    assertThat(visit.choice()).isNull();
    assertThat(urls(visit))
        .contains(TAGS + "pixel.gif?asked-nobody")
        .doesNotContain(TAGS + "pixel.gif?accepted", TAGS + "pixel.gif?despite-the-no");
    assertThat(visit.requests()).allMatch(r -> r.phase() == ConsentPhase.BEFORE_CHOICE);
  }

  @Test
  void aRecipeAnswersABannerThatNoRuleKnows() {
    PageVisit yes = visit("recipe home-made", ConsentState.ACCEPT);
    assertThat(consentProblems(yes)).isEmpty();
    assertThat(yes.choice().method()).isEqualTo("recipe");
    assertThat(phase(yes, TAGS + "pixel.gif?accepted")).isEqualTo(ConsentPhase.AFTER_CHOICE);
    assertThat(phase(yes, TAGS + "pixel.gif?asked-nobody")).isEqualTo(ConsentPhase.BEFORE_CHOICE);
    PageVisit no = visit("recipe home-made", ConsentState.REJECT);
    assertThat(no.choice().method()).isEqualTo("recipe");
    assertThat(urls(no))
        .contains(TAGS + "pixel.gif?despite-the-no")
        .doesNotContain(TAGS + "pixel.gif?accepted");
  }

  @Test
  void whereARecipeFailsTheUsualRulesAreTriedAndTheFailedStepIsNamed() {
    PageVisit visit = visit("recipe onetrust", ConsentState.ACCEPT);
    assertThat(consentProblems(visit))
        .extracting(Problem::code)
        .containsExactly("consent-recipe-failed");
    assertThat(consentProblems(visit).get(0).message()).contains("Step 1", "Tell me more");
    assertThat(visit.choice().method()).isEqualTo("autoconsent");
    assertThat(phase(visit, TAGS + "pixel.gif?accepted")).isEqualTo(ConsentPhase.AFTER_CHOICE);
  }

  @ParameterizedTest
  @CsvSource({"home-made, ACCEPT", "home-made, REJECT", "onetrust, ACCEPT"})
  void thePageIsPicturedBeforeTheChoiceAndAfterIt(String page, ConsentState choice) {
    PageVisit visit = visit("recipe " + page, choice);
    assertThat(visit.screenshots())
        .extracting(Screenshot::moment)
        .containsExactly(Screenshot.Moment.AFTER_LOAD, Screenshot.Moment.AFTER_CHOICE);
    Screenshot before = visit.screenshots().get(0);
    Screenshot after = visit.screenshots().get(1);
    assertThat(after.sha256()).as("the banner is gone").isNotEqualTo(before.sha256());
    assertThat(before.atMs()).isLessThan(visit.choice().atMs());
    assertThat(after.atMs()).isGreaterThan(visit.choice().atMs());
  }

  @Test
  void cookiesCarryThePhaseInWhichTheyWereSet() {
    assertThat(visit("onetrust", ConsentState.ACCEPT).cookies())
        .extracting(CapturedCookie::name, CapturedCookie::phase)
        .contains(
            org.assertj.core.groups.Tuple.tuple("asked_nobody", ConsentPhase.BEFORE_CHOICE),
            org.assertj.core.groups.Tuple.tuple("stats", ConsentPhase.AFTER_CHOICE));
  }

  @Test
  void whatTheYesBringsIsLaidToThePageAndNotToWhoClicked() {
    PageVisit visit = visit("onetrust", ConsentState.ACCEPT);
    CapturedRequest pixel = request(visit, TAGS + "pixel.gif?accepted");
    assertThat(new InitiatorChain(visit).of(pixel))
        .extracting(CapturedRequest::url)
        .containsExactly(TAGS + "tags.js", SITE + "onetrust");
    assertThat(visit.toString()).doesNotContain("tagwarden-probe", "autoconsentReceive");
  }

  @Test
  void aPageWithoutABannerSaysSo() {
    assertThat(reason("no-banner", ConsentState.ACCEPT)).contains("no banner was met");
    assertThat(reason("home-made", ConsentState.ACCEPT)).contains("no banner was met");
    assertThat(visit("no-banner", ConsentState.REJECT).choice()).isNull();
  }

  @Test
  void aBannerThatCannotBeAnsweredIsNamedWithWhatWasTried() {
    assertThat(reason("stuck", ConsentState.ACCEPT))
        .contains("the banner of didomi was met, but")
        .contains("recipe");
  }

  private static List<Problem> consentProblems(PageVisit visit) {
    return visit.problems().stream().filter(p -> p.observer().equals("consent")).toList();
  }

  private static String reason(String page, ConsentState choice) {
    return visit(page, choice).problems().stream()
        .filter(p -> p.code().equals("consent-not-reached"))
        .findFirst()
        .orElseThrow()
        .message();
  }

  private static PageVisit visit(String page, ConsentState choice) {
    return visits.get(page + ' ' + choice);
  }

  private static ConsentPhase phase(PageVisit visit, String url) {
    return request(visit, url).phase();
  }

  private static CapturedRequest request(PageVisit visit, String url) {
    return visit.requests().stream()
        .filter(r -> r.url().equals(url))
        .findFirst()
        .orElseThrow(() -> new AssertionError(url + " is not among " + urls(visit)));
  }

  private static List<String> urls(PageVisit visit) {
    return visit.requests().stream().map(CapturedRequest::url).toList();
  }
}
