package org.tagwarden.report;

import java.util.List;
import java.util.stream.Stream;

/**
 * How the pages of a site are visited.
 *
 * @param consents the choices that are played, each in a visit of its own; at least one
 * @param settleMs least time after load before a page counts as done, in milliseconds
 * @param timeoutMs a visit ends after this, whatever the page does
 * @param concurrency most visits to this site side by side
 * @param delayMs least pause between the starts of two visits, in milliseconds
 * @param allowPrivate whether private, loopback and link-local targets may be connected to (the
 *     site is marked internal)
 * @param insecure whether the document may be visited although its certificate is not trusted (it
 *     is reported all the same)
 * @param screenshots whether images of the pages are taken
 */
public record VisitOptions(
    List<ConsentState> consents,
    DeviceProfile device,
    long settleMs,
    long timeoutMs,
    int concurrency,
    long delayMs,
    boolean allowPrivate,
    boolean insecure,
    boolean screenshots,
    Visitor visitor,
    SiteAccess access,
    ConsentRecipe recipe) {
  public static final VisitOptions DEFAULT =
      new VisitOptions(ConsentState.NONE, DeviceProfile.DESKTOP, 3_500, 60_000, 2, 0, false, false);

  public VisitOptions {
    consents = Require.list(consents, "options.consents").stream().distinct().toList();
    Require.that(!consents.isEmpty(), "options.consents", "is empty");
    Require.present(device, "options.device");
    Require.notNegative(settleMs, "options.settleMs");
    Require.that(timeoutMs > 0, "options.timeoutMs", "must be positive");
    Require.that(concurrency > 0, "options.concurrency", "must be at least 1");
    Require.notNegative(delayMs, "options.delayMs");
    visitor = visitor == null ? Visitor.ANYBODY : visitor;
    access = access == null ? SiteAccess.OPEN : access;
    recipe = recipe == null ? ConsentRecipe.NONE : recipe;
  }

  /** One choice, no screenshots, a visitor like any other. */
  public VisitOptions(
      ConsentState consent,
      DeviceProfile device,
      long settleMs,
      long timeoutMs,
      int concurrency,
      long delayMs,
      boolean allowPrivate,
      boolean insecure) {
    this(
        Stream.ofNullable(consent).toList(),
        device,
        settleMs,
        timeoutMs,
        concurrency,
        delayMs,
        allowPrivate,
        insecure,
        false,
        Visitor.ANYBODY,
        SiteAccess.OPEN,
        ConsentRecipe.NONE);
  }

  /** The first choice; the only one in the options of a single visit. */
  public ConsentState consent() {
    return consents.get(0);
  }

  /** The same with other choices. */
  public VisitOptions withConsents(List<ConsentState> others) {
    return new VisitOptions(
        others,
        device,
        settleMs,
        timeoutMs,
        concurrency,
        delayMs,
        allowPrivate,
        insecure,
        screenshots,
        visitor,
        access,
        recipe);
  }

  /** The same with another settle time. */
  public VisitOptions withSettleMs(long millis) {
    return new VisitOptions(
        consents,
        device,
        millis,
        timeoutMs,
        concurrency,
        delayMs,
        allowPrivate,
        insecure,
        screenshots,
        visitor,
        access,
        recipe);
  }

  /** The same with or without screenshots. */
  public VisitOptions withScreenshots(boolean taken) {
    return new VisitOptions(
        consents,
        device,
        settleMs,
        timeoutMs,
        concurrency,
        delayMs,
        allowPrivate,
        insecure,
        taken,
        visitor,
        access,
        recipe);
  }

  /** The same for another visitor, let in otherwise, with another recipe for the banner. */
  public VisitOptions withVisitor(Visitor who, SiteAccess letIn, ConsentRecipe banner) {
    return new VisitOptions(
        consents,
        device,
        settleMs,
        timeoutMs,
        concurrency,
        delayMs,
        allowPrivate,
        insecure,
        screenshots,
        who,
        letIn,
        banner);
  }
}
