package org.tagwarden.report;

import java.util.List;

/**
 * How the pages of a site are visited.
 *
 * @param consents the choices that are played, each in a visit of its own; at least one
 * @param settleMs least time after load before a page counts as done, in milliseconds
 * @param timeoutMs a visit ends after this, whatever the page does
 * @param concurrency most visits to this site side by side; one whose page has been left counts no
 *     more
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
  /** As a site is visited that says nothing else. */
  public static final VisitOptions DEFAULT =
      new VisitOptions(
          List.of(ConsentState.NONE),
          DeviceProfile.DESKTOP,
          3_500,
          60_000,
          2,
          0,
          false,
          false,
          false,
          Visitor.ANYBODY,
          SiteAccess.OPEN,
          ConsentRecipe.NONE);

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

  /** The first choice; the only one in the options of a single visit. */
  public ConsentState consent() {
    return consents.get(0);
  }

  /** The same with other choices. */
  public VisitOptions withConsents(List<ConsentState> others) {
    return but().consents(others).build();
  }

  /** Begins options that are the same but for what is set. */
  public Builder but() {
    return new Builder(this);
  }

  /** Options in the making: what is not set stays as it was. */
  public static final class Builder {
    private List<ConsentState> consents;
    private DeviceProfile device;
    private long settleMs;
    private long timeoutMs;
    private int concurrency;
    private long delayMs;
    private boolean allowPrivate;
    private boolean insecure;
    private boolean screenshots;
    private Visitor visitor;
    private SiteAccess access;
    private ConsentRecipe recipe;

    private Builder(VisitOptions from) {
      consents = from.consents;
      device = from.device;
      settleMs = from.settleMs;
      timeoutMs = from.timeoutMs;
      concurrency = from.concurrency;
      delayMs = from.delayMs;
      allowPrivate = from.allowPrivate;
      insecure = from.insecure;
      screenshots = from.screenshots;
      visitor = from.visitor;
      access = from.access;
      recipe = from.recipe;
    }

    public Builder consents(List<ConsentState> value) {
      consents = value;
      return this;
    }

    public Builder device(DeviceProfile value) {
      device = value;
      return this;
    }

    public Builder settleMs(long value) {
      settleMs = value;
      return this;
    }

    public Builder timeoutMs(long value) {
      timeoutMs = value;
      return this;
    }

    public Builder concurrency(int value) {
      concurrency = value;
      return this;
    }

    public Builder delayMs(long value) {
      delayMs = value;
      return this;
    }

    public Builder allowPrivate(boolean value) {
      allowPrivate = value;
      return this;
    }

    public Builder insecure(boolean value) {
      insecure = value;
      return this;
    }

    public Builder screenshots(boolean value) {
      screenshots = value;
      return this;
    }

    public Builder visitor(Visitor value) {
      visitor = value;
      return this;
    }

    public Builder access(SiteAccess value) {
      access = value;
      return this;
    }

    public Builder recipe(ConsentRecipe value) {
      recipe = value;
      return this;
    }

    public VisitOptions build() {
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
          visitor,
          access,
          recipe);
    }
  }
}
