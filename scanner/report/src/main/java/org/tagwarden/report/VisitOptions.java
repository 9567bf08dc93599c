package org.tagwarden.report;

/**
 * How the pages of a site are visited.
 *
 * @param settleMs least time after load before a page counts as done, in milliseconds
 * @param timeoutMs a visit ends after this, whatever the page does
 * @param concurrency most visits to this site side by side
 * @param delayMs least pause between the starts of two visits, in milliseconds
 * @param allowPrivate whether private, loopback and link-local targets may be connected to (the
 *     site is marked internal)
 * @param insecure whether the document may be visited although its certificate is not trusted (it
 *     is reported all the same)
 */
public record VisitOptions(
    ConsentState consent,
    DeviceProfile device,
    long settleMs,
    long timeoutMs,
    int concurrency,
    long delayMs,
    boolean allowPrivate,
    boolean insecure) {
  public static final VisitOptions DEFAULT =
      new VisitOptions(ConsentState.NONE, DeviceProfile.DESKTOP, 3_500, 60_000, 2, 0, false, false);

  public VisitOptions {
    Require.present(consent, "options.consent");
    Require.present(device, "options.device");
    Require.notNegative(settleMs, "options.settleMs");
    Require.that(timeoutMs > 0, "options.timeoutMs", "must be positive");
    Require.that(concurrency > 0, "options.concurrency", "must be at least 1");
    Require.notNegative(delayMs, "options.delayMs");
  }
}
