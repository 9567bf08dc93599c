package org.tagwarden.agent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.join.VisitJoin;
import org.tagwarden.agent.observe.Observers;
import org.tagwarden.agent.traffic.TrafficLog;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.ConsentChoice;
import org.tagwarden.report.Frame;
import org.tagwarden.report.Initiator;
import org.tagwarden.report.JourneyRun;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.ResourceType;
import org.tagwarden.report.VisitOptions;
import org.tagwarden.report.VisitOutcome;

/** Collects how a visit went and puts its record together. */
final class VisitAssembly {
  /** A finished visit, and where its page links to. */
  record Visited(VisitResult result, List<String> links) {}

  private final String url;
  private final VisitOptions options;
  private final Observers seen;
  private Instant startedAt = Instant.EPOCH;
  private long startNanos;
  private @Nullable TrafficLog traffic;
  private PageClock.@Nullable End end;
  private String navigationError = "";
  private @Nullable ConsentChoice choice;
  private @Nullable JourneyRun journey;
  private final List<LateFiring> late = new ArrayList<>();

  VisitAssembly(String url, VisitOptions options, Observers seen) {
    this.url = url;
    this.options = options;
    this.seen = seen;
  }

  void begin(Instant at, long nanos, TrafficLog log) {
    startedAt = at;
    startNanos = nanos;
    traffic = log;
  }

  /** The browser's answer to the navigation; returns whether there is a document to stay on. */
  boolean arrived(String errorText) {
    navigationError = errorText;
    return errorText.isEmpty();
  }

  /** How the waiting ended; the first word counts. */
  void ended(PageClock.End how) {
    if (end == null) end = how;
  }

  /** What its tags were still firing when the page had come to rest; null when they were not. */
  void firedLate(@Nullable LateFiring firing) {
    if (firing != null) late.add(firing);
  }

  /** The page answers nobody, which is the cause of whatever else was noticed about its end. */
  void spins() {
    end = PageClock.End.SPINNING;
  }

  /** When the visit began, as offsets count. */
  Instant startedAt() {
    return startedAt;
  }

  /** How the consent banner was answered. */
  void chosen(@Nullable ConsentChoice made) {
    choice = made;
  }

  /** Tab or browser died, if only while it was asked: that is why it gave no answer. */
  void died(PageClock.End how) {
    end = how;
  }

  /** The browser went under meanwhile, which is the cause of whatever else went wrong. */
  void browserGone() {
    end = PageClock.End.BROWSER_GONE;
  }

  /** The part of a journey that this visit was. */
  void journey(JourneyRun run) {
    journey = run;
  }

  Visited finish(long nowNanos) {
    if (traffic == null) throw new IllegalStateException("A visit that never began cannot end");
    if (traffic.turnedAway() > 0)
      seen.problems.note(
          "proxy",
          "load",
          "too-many-requests",
          "The page flooded its visitor: "
              + traffic.turnedAway()
              + " requests were turned away after the first "
              + traffic.size()
              + ", which are reported.");
    VisitJoin join = VisitJoin.of(traffic, seen, startNanos, startedAt.toEpochMilli(), choice);
    List<CapturedRequest> requests = join.requests();
    CapturedRequest document = document(requests);
    VisitOutcome outcome =
        new VisitVerdict(url, document, end, navigationError, options, seen).outcome(requests);
    if (isResult(outcome)) for (LateFiring firing : late) firing.note(seen.problems);
    String finalUrl = finalUrl(document);
    PageVisit visit =
        new PageVisit(
            UUID.randomUUID(),
            url,
            finalUrl,
            seen.elements.title(),
            startedAt,
            Math.max(0, (nowNanos - startNanos) / 1_000_000),
            outcome,
            options.consent(),
            options.device(),
            seen.frames.all(),
            requests,
            join.scripts(),
            seen.elements.elements(),
            join.cookies(),
            seen.console.since(startedAt.toEpochMilli()),
            outcome == VisitOutcome.FAILED ? null : seen.timings.timings(),
            seen.problems.all(),
            join.behaviours(),
            join.storage(),
            seen.screenshots.taken(),
            choice,
            journey);
    return new Visited(
        new VisitResult(visit, join.bodies(), seen.screenshots.images()), seen.elements.links());
  }

  /** Where there is no result, what fired late says nothing about the settle time. */
  private static boolean isResult(VisitOutcome outcome) {
    return outcome == VisitOutcome.COMPLETE || outcome == VisitOutcome.CUT_SHORT;
  }

  /** The main frame's last document of the page's own navigation. */
  private @Nullable CapturedRequest document(List<CapturedRequest> requests) {
    CapturedRequest found = null;
    for (CapturedRequest request : requests) {
      boolean main =
          request.type() == ResourceType.DOCUMENT && seen.frames.isMain(request.frameId());
      // What is fetched ahead for the next page is no document of this one.
      if (main && request.initiator().kind() != Initiator.Kind.PRELOAD) found = request;
    }
    return found;
  }

  private String finalUrl(@Nullable CapturedRequest document) {
    for (Frame frame : seen.frames.all())
      if (frame.parentId() == null
          && seen.frames.isMain(frame.id())
          && frame.url().startsWith("http")) return frame.url();
    return document == null ? url : document.url();
  }
}
