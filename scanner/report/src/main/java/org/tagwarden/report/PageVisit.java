package org.tagwarden.report;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One page loaded once: everything that was seen, and, in {@link #problems}, what could not be.
 *
 * @param visitId identity of the visit; the server stores a visit once however often it arrives
 * @param page the URL that was asked for
 * @param finalUrl the document's URL when the visit ended, after redirects; equals {@code page}
 *     when none
 * @param startedAt when navigation began; every {@code ...Ms} offset in the visit counts from here
 * @param durationMs navigation to disposal, in milliseconds
 * @param outcome whether the visit is a result to judge
 * @param frames all documents seen, the main frame first
 * @param requests every request, in order of their start; ids are unique within the visit
 * @param scripts every script that was parsed or served, external, inline or evaluated
 * @param elements script, stylesheet, link and meta elements as the document held them at the end
 * @param cookies cookies in the browser context at the end, and those that were set and gone
 * @param choice how the consent banner was answered; null when it was not
 * @param journey the part of a journey that this visit was; null for a page visited by itself
 * @param timings paint and load timings of the main document; null when the page never loaded
 */
public record PageVisit(
    UUID visitId,
    String page,
    String finalUrl,
    @Nullable String title,
    Instant startedAt,
    long durationMs,
    VisitOutcome outcome,
    ConsentState consent,
    DeviceProfile device,
    List<Frame> frames,
    List<CapturedRequest> requests,
    List<CapturedScript> scripts,
    List<PageElement> elements,
    List<CapturedCookie> cookies,
    List<ConsoleMessage> console,
    @Nullable PageTimings timings,
    List<Problem> problems,
    List<ScriptBehaviour> behaviours,
    List<StorageWrite> storage,
    List<Screenshot> screenshots,
    @Nullable ConsentChoice choice,
    @Nullable JourneyRun journey) {
  public PageVisit {
    Require.present(visitId, "visitId");
    Require.notBlank(page, "page");
    Require.notBlank(finalUrl, "finalUrl");
    Require.present(startedAt, "startedAt");
    Require.notNegative(durationMs, "durationMs");
    Require.present(outcome, "outcome");
    Require.present(consent, "consent");
    Require.present(device, "device");
    frames = Require.list(frames, "frames");
    requests = Require.list(requests, "requests");
    scripts = Require.list(scripts, "scripts");
    elements = Require.list(elements, "elements");
    cookies = Require.list(cookies, "cookies");
    console = Require.list(console, "console");
    problems = Require.list(problems, "problems");
    behaviours = Require.list(behaviours, "behaviours");
    storage = Require.list(storage, "storage");
    screenshots = Require.list(screenshots, "screenshots");
  }
}
