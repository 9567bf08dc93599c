package org.tagwarden.agent.consent;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.journey.StepFailedException;
import org.tagwarden.agent.journey.StepPlayer;
import org.tagwarden.agent.observe.LivePage;
import org.tagwarden.agent.observe.Observers;
import org.tagwarden.agent.observe.PageObserver;
import org.tagwarden.agent.observe.Problems;
import org.tagwarden.agent.secrets.MissingSecretException;
import org.tagwarden.report.ConsentChoice;
import org.tagwarden.report.ConsentState;
import org.tagwarden.report.JourneyStep;
import org.tagwarden.report.VisitOptions;

/**
 * Makes the visit's choice on a page that has come to rest, so that what fired before it is known.
 * What cannot be done becomes the problem {@code consent-not-reached}, with why.
 */
public final class ConsentPlay {
  private static final long DETECT_MS = 4_000;
  private static final long SHOW_MS = 6_000;
  private static final long ANSWER_MS = 20_000;
  private static final long RELOAD_MS = 3_000;
  private static final long CONFIRM_MS = 2_500;

  private final ConsentState choice;
  private final Problems problems;
  private final BannerTalk talk;
  private final VisitOptions options;
  private final UnaryOperator<String> secrets;
  private LongSupplier leftMs = () -> 0;

  private ConsentPlay(VisitOptions options, Observers seen, UnaryOperator<String> secrets) {
    this.choice = options.consent();
    this.problems = seen.problems;
    this.talk = new BannerTalk(choice, seen.scripts::own);
    this.options = options;
    this.secrets = secrets;
  }

  /**
   * The play of one visit.
   *
   * @param secrets puts secrets in where a recipe's text refers to them
   */
  public static ConsentPlay of(
      VisitOptions options, Observers seen, UnaryOperator<String> secrets) {
    return new ConsentPlay(options, seen, secrets);
  }

  /** Whether the visit makes a choice at all. */
  public boolean wanted() {
    return choice == ConsentState.ACCEPT || choice == ConsentState.REJECT;
  }

  /** What has to follow the page from its beginning; nothing when no choice is made. */
  public List<PageObserver> observers() {
    return wanted() ? List.of(talk) : List.of();
  }

  /**
   * Answers the banner; null, with a problem noted, when it cannot.
   *
   * @param visitLeftMs how long the visit may still take
   */
  public @Nullable ConsentChoice choose(LivePage page, LongSupplier visitLeftMs, Instant start)
      throws InterruptedException {
    leftMs = visitLeftMs;
    ConsentChoice made = byRecipe(page, start.toEpochMilli());
    return made != null ? made : byRules(page, start.toEpochMilli());
  }

  /** The site's own steps, where it has some; null when there are none or one of them failed. */
  private @Nullable ConsentChoice byRecipe(LivePage page, long startEpochMs)
      throws InterruptedException {
    List<JourneyStep> steps =
        choice == ConsentState.ACCEPT ? options.recipe().accept() : options.recipe().reject();
    if (steps.isEmpty()) return null;
    StepPlayer player = new StepPlayer(() -> page, secrets, options.device().mobile());
    long last = System.currentTimeMillis();
    for (int i = 0; i < steps.size(); i++) {
      try {
        // The last click is the choice; those before it open what has to be opened.
        if (decides(steps.get(i))) last = System.currentTimeMillis();
        player.play(steps.get(i), leftMs.getAsLong());
      } catch (StepFailedException | MissingSecretException e) {
        recipeFailed(i + 1, e);
        return null;
      }
    }
    return new ConsentChoice("", "recipe", Math.max(0, last - startEpochMs));
  }

  private static boolean decides(JourneyStep step) {
    return step.action() == JourneyStep.Action.CLICK
        || step.action() == JourneyStep.Action.PRESS
        || step.action() == JourneyStep.Action.SELECT;
  }

  private void recipeFailed(int number, Exception e) {
    problems.note(
        "consent",
        "consent",
        "consent-recipe-failed",
        "Step "
            + number
            + " of this site's recipe to "
            + word()
            + " failed: "
            + e.getMessage()
            + " The usual rules were tried instead.");
  }

  private @Nullable ConsentChoice byRules(LivePage page, long startEpochMs)
      throws InterruptedException {
    BannerProgress progress = talk.progress();
    talk.begin(page);
    String why = answer(progress);
    BannerProgress.Answered answered = progress.answered();
    if (answered == null) {
      notReached(why);
      return null;
    }
    if (choice == ConsentState.REJECT && progress.confirmable()) confirm(answered);
    return new ConsentChoice(
        answered.platform(), "autoconsent", Math.max(0, answered.atEpochMs() - startEpochMs));
  }

  /** Waits for the answer; returns why there is none. */
  private String answer(BannerProgress progress) throws InterruptedException {
    boolean looked =
        progress.await(
            () -> !progress.met().isEmpty() || progress.allSearchedInVain(), atMost(DETECT_MS));
    if (progress.met().isEmpty())
      return looked
          ? "no banner was met that the rules know"
          : "no banner was met within " + DETECT_MS / 1000 + " s";
    if (!progress.await(() -> progress.shown() != null, atMost(SHOW_MS)))
      return "the consent platform "
          + String.join(", ", progress.met())
          + " was met, but it showed no banner within "
          + SHOW_MS / 1000
          + " s";
    long started = System.nanoTime();
    progress.await(
        () ->
            progress.answered() != null
                || progress.failed() != null
                || progress.leftWhileAnswering() != null,
        atMost(ANSWER_MS));
    afterReload(progress);
    String banner = "the banner of " + progress.shown() + " was met, but ";
    if (progress.failed() != null) return banner + "its rule could not " + word() + " it";
    return banner
        + "it was not answered after "
        + (System.nanoTime() - started) / 1_000_000_000
        + " s";
  }

  /** A page that loads itself anew upon the choice cannot tell that it was made. */
  private void afterReload(BannerProgress progress) throws InterruptedException {
    BannerProgress.Answered left = progress.leftWhileAnswering();
    if (progress.answered() != null || left == null) return;
    progress.await(() -> progress.answered() != null, atMost(RELOAD_MS));
    if (progress.failed() == null) progress.takeAsAnswered(left);
  }

  private void confirm(BannerProgress.Answered answered) throws InterruptedException {
    BannerProgress progress = talk.progress();
    talk.selfTest(answered.worldKey());
    progress.await(() -> progress.confirmed() != null, atMost(CONFIRM_MS));
    if (Boolean.FALSE.equals(progress.confirmed()))
      problems.note(
          "consent",
          "consent",
          "consent-unconfirmed",
          "The banner of "
              + answered.platform()
              + " was told to reject, but the platform does not say that it did.");
  }

  private void notReached(String why) {
    problems.note(
        "consent",
        "consent",
        "consent-not-reached",
        "The choice \""
            + word()
            + "\" was not made: "
            + why
            + ". The visit shows the page before any choice; a recipe for this site's banner can"
            + " help.");
  }

  private String word() {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  private long atMost(long millis) {
    return Math.min(millis, leftMs.getAsLong());
  }
}
