package org.tagwarden.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a journey that a visit was. A journey over several pages leaves one visit per page,
 * each with the steps that were taken on it.
 *
 * @param name the journey's
 * @param page which page of the journey, from 1
 * @param paymentPage whether a step marked this page as one where people pay
 * @param steps the steps taken on this page, and, on the last one, those that were not
 */
public record JourneyRun(String name, int page, boolean paymentPage, List<StepRun> steps) {
  /** How a step went. */
  public enum Result {
    /** It was done. */
    DONE,
    /** It failed; the journey ended here. */
    FAILED,
    /** It was not tried, because one before it failed. */
    NOT_REACHED
  }

  /**
   * A step that was taken or should have been.
   *
   * @param number from 1, over the whole journey
   * @param step for people, secrets as references: "click the button \"Add to cart\""
   * @param reason why it failed; null when it did not
   * @param screenshotSha256 the page when it failed, in {@link ScanReport#images}; null when none
   */
  public record StepRun(
      int number,
      String step,
      Result result,
      @Nullable String reason,
      double startMs,
      double durationMs,
      @Nullable String screenshotSha256) {
    public StepRun {
      Require.that(number > 0, "step.number", "must be at least 1");
      Require.notBlank(step, "step.step");
      Require.present(result, "step.result");
    }
  }

  public JourneyRun {
    Require.notBlank(name, "journeyRun.name");
    Require.that(page > 0, "journeyRun.page", "must be at least 1");
    steps = Require.list(steps, "journeyRun.steps");
  }
}
