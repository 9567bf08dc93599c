package org.tagwarden.dashboard.evidence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.vendors.Hosts;
import org.tagwarden.collector.vendors.LoadMethod;
import org.tagwarden.collector.vendors.Recognition;
import org.tagwarden.collector.vendors.Tag;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.ConsentChoice;
import org.tagwarden.report.ConsentPhase;
import org.tagwarden.report.ConsentState;
import org.tagwarden.report.JourneyRun;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.Screenshot;

/**
 * What one page visit shows beside its requests.
 *
 * @param choice how the banner was answered, a sentence
 * @param chosen whether it was answered on this page, so that there is a before and an after
 * @param early requests before the choice, or all of them when there was none
 * @param tags who fired before and after the choice
 * @param journey null for a page visited by itself
 */
public record VisitEvidence(
    String choice,
    boolean chosen,
    int early,
    int late,
    List<TagPhase> tags,
    List<Deeds> deeds,
    List<Kept> kept,
    List<Shot> shots,
    List<Alias> aliases,
    @Nullable Journey journey) {

  /**
   * How many requests of a tag were sent before and after the choice.
   *
   * @param loadMethod how it got onto the page
   * @param loader the tag that deployed it, in words; "" when none did
   */
  public record TagPhase(Doer tag, LoadMethod loadMethod, String loader, int early, int late) {}

  /**
   * A screenshot.
   *
   * @param src where the image is; null when it is not kept any more
   */
  public record Shot(String caption, @Nullable String src, int width, int height) {}

  /** A host that is an alias of another. */
  public record Alias(String host, List<String> names, @Nullable Doer tag) {}

  /** The part of a journey that the visit was. */
  public record Journey(String name, int page, boolean paymentPage, List<Step> steps) {}

  /** A step; shot null when it did not fail or no image is kept. */
  public record Step(
      int number,
      String step,
      JourneyRun.Result result,
      @Nullable String reason,
      double durationMs,
      @Nullable Shot shot) {}

  /**
   * @param src address of an image by its SHA-256; null when there is none
   */
  public static VisitEvidence of(
      PageVisit visit, Recognition recognition, Function<String, @Nullable String> src) {
    Doers doers = new Doers(visit, recognition);
    List<CapturedRequest> requests = visit.requests();
    int early = (int) requests.stream().filter(VisitEvidence::isEarly).count();
    return new VisitEvidence(
        choice(visit),
        madeHere(visit),
        early,
        requests.size() - early,
        tags(visit, recognition),
        Deeds.of(visit, doers),
        Kept.of(visit, doers),
        shots(visit, src),
        aliases(visit, recognition),
        visit.journey() == null ? null : journey(visit, visit.journey(), src));
  }

  /** A journey's later pages come with the choice that was made before. */
  private static boolean madeHere(PageVisit visit) {
    return visit.choice() != null && visit.choice().atMs() > 0;
  }

  private static boolean isEarly(CapturedRequest request) {
    return request.phase() == ConsentPhase.BEFORE_CHOICE;
  }

  /** What the visitor answered, in words: "Accept all". */
  public static String words(ConsentState state) {
    return switch (state) {
      case NONE -> "No choice";
      case ACCEPT -> "Accept all";
      case REJECT -> "Reject all";
      case GPC -> "Global Privacy Control";
    };
  }

  private static String choice(PageVisit visit) {
    ConsentChoice choice = visit.choice();
    if (choice != null) {
      String platform = choice.platform().isEmpty() ? "the banner" : choice.platform();
      String by = choice.method().equals("recipe") ? " by the site's recipe" : "";
      String answer = visit.consent() == ConsentState.REJECT ? "rejected all" : "accepted all";
      if (!madeHere(visit)) return "The visitor had " + answer + " on a page before.";
      return "The visitor "
          + answer
          + " ("
          + platform
          + by
          + ") "
          + String.format(Locale.ENGLISH, "%.1f", choice.atMs() / 1_000)
          + " s after the start.";
    }
    return switch (visit.consent()) {
      case NONE -> "The visitor made no choice.";
      case GPC -> "The visitor made no choice; the browser sent Global Privacy Control.";
      case ACCEPT, REJECT ->
          "The banner was not answered: there was none, or it could not be reached. Everything here"
              + " happened without a choice.";
    };
  }

  private static List<TagPhase> tags(PageVisit visit, Recognition recognition) {
    Map<String, int[]> counts = new LinkedHashMap<>();
    for (CapturedRequest request : visit.requests()) {
      String key = recognition.tagKeyByRequest().get(request.id());
      if (key == null) continue;
      counts.computeIfAbsent(key, k -> new int[2])[isEarly(request) ? 0 : 1]++;
    }
    List<TagPhase> phases = new ArrayList<>();
    for (Tag tag : recognition.tags()) {
      int[] count = counts.getOrDefault(tag.key(), new int[2]);
      phases.add(
          new TagPhase(
              Doer.of(tag),
              tag.loadMethod(),
              LoaderWords.deployer(tag, recognition),
              count[0],
              count[1]));
    }
    return phases;
  }

  private static List<Shot> shots(PageVisit visit, Function<String, @Nullable String> src) {
    List<Shot> shots = new ArrayList<>();
    for (Screenshot taken : visit.screenshots()) {
      if (taken.moment() == Screenshot.Moment.STEP_FAILED && visit.journey() != null) continue;
      shots.add(shot(taken, src));
    }
    return shots;
  }

  private static Shot shot(Screenshot taken, Function<String, @Nullable String> src) {
    String caption =
        switch (taken.moment()) {
          case AFTER_LOAD -> "After load";
          case AFTER_CHOICE -> "After the choice";
          case STEP_FAILED -> "When the step failed";
        };
    return new Shot(caption, src.apply(taken.sha256()), taken.width(), taken.height());
  }

  private static Journey journey(
      PageVisit visit, JourneyRun run, Function<String, @Nullable String> src) {
    List<Step> steps = new ArrayList<>();
    for (JourneyRun.StepRun step : run.steps()) {
      steps.add(
          new Step(
              step.number(),
              step.step(),
              step.result(),
              step.reason(),
              step.durationMs(),
              stepShot(visit, step.screenshotSha256(), src)));
    }
    return new Journey(run.name(), run.page(), run.paymentPage(), steps);
  }

  private static @Nullable Shot stepShot(
      PageVisit visit, @Nullable String sha256, Function<String, @Nullable String> src) {
    if (sha256 == null || src.apply(sha256) == null) return null;
    for (Screenshot taken : visit.screenshots()) {
      if (taken.sha256().equals(sha256)) return shot(taken, src);
    }
    return new Shot("When the step failed", src.apply(sha256), 720, 450);
  }

  private static List<Alias> aliases(PageVisit visit, Recognition recognition) {
    Map<String, Alias> byHost = new LinkedHashMap<>();
    for (CapturedRequest request : visit.requests()) {
      if (request.aliases().isEmpty()) continue;
      Tag tag = recognition.tagOf(request.id());
      String host = Hosts.of(request.url());
      byHost.putIfAbsent(
          host, new Alias(host, request.aliases(), tag == null ? null : Doer.of(tag)));
    }
    return List.copyOf(byHost.values());
  }
}
