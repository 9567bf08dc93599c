package org.tagwarden.dashboard.pages.visiting;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.site.Site;
import org.tagwarden.collector.site.SiteDraft;
import org.tagwarden.collector.site.SiteSteps;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.Typed;
import org.tagwarden.report.ConsentState;
import org.tagwarden.report.DeviceProfile;
import org.tagwarden.report.VisitOptions;
import org.tagwarden.report.Visitor;

/**
 * How the site is visited, as typed: every field a text, so that nothing is lost when one of them
 * is refused.
 *
 * @param settleMode "auto" or "fixed"
 */
public record VisitingForm(
    Set<String> consents,
    String recipe,
    String device,
    String locale,
    String timeZone,
    boolean screenshots,
    String settleMode,
    String settleSeconds,
    String timeoutSeconds,
    String concurrency,
    String delaySeconds,
    boolean internal,
    boolean insecure,
    AccessForm access,
    String journeys,
    String signIn) {
  public VisitingForm {
    consents = Set.copyOf(consents);
  }

  /** What holds now. */
  static VisitingForm of(Site site) {
    VisitOptions options = site.options();
    return new VisitingForm(
        options.consents().stream().map(Enum::name).collect(Collectors.toSet()),
        site.steps().consentRecipe(),
        options.device().mobile() ? "mobile" : "desktop",
        AccessForm.orEmpty(options.visitor().locale()),
        AccessForm.orEmpty(options.visitor().timeZone()),
        options.screenshots(),
        site.automaticSettle() ? "auto" : "fixed",
        Typed.seconds(options.settleMs()),
        Typed.seconds(options.timeoutMs()),
        String.valueOf(options.concurrency()),
        Typed.seconds(options.delayMs()),
        options.allowPrivate(),
        options.insecure(),
        AccessForm.of(options.visitor(), options.access()),
        site.steps().journeys(),
        site.steps().signIn());
  }

  /** What was typed. */
  static VisitingForm of(Request request) {
    return new VisitingForm(
        Set.copyOf(request.all("consent")),
        request.text("recipe"),
        request.text("device"),
        request.text("locale"),
        request.text("visitorTimeZone"),
        request.ticked("screenshots"),
        request.text("settleMode"),
        request.text("settle"),
        request.text("timeout"),
        request.text("concurrency"),
        request.text("delay"),
        request.ticked("internal"),
        request.ticked("insecure"),
        AccessForm.of(request),
        request.text("journeys"),
        request.text("signIn"));
  }

  /** Checked; a {@link Refusal} names the field. What the form does not ask stays as it is. */
  SiteDraft draft(Site before) {
    VisitOptions old = before.options();
    boolean automatic = !settleMode.equals("fixed");
    VisitOptions options =
        old.but()
            .consents(consentStates())
            .device(device(old.device()))
            .settleMs(automatic ? old.settleMs() : Typed.millis(settleSeconds, 0, 60, "settle"))
            .timeoutMs(Typed.millis(timeoutSeconds, 5, 600, "timeout"))
            .concurrency((int) Typed.number(concurrency, 1, 16, "concurrency"))
            .delayMs(Typed.millis(delaySeconds, 0, 600, "delay"))
            .allowPrivate(internal)
            .insecure(insecure)
            .screenshots(screenshots)
            .visitor(
                new Visitor(
                    AccessForm.orNull(locale),
                    AccessForm.orNull(timeZone),
                    AccessForm.orNull(access.userAgentSuffix()),
                    access.signed()))
            .access(access.access())
            .build();
    return new SiteDraft(
        before.name(),
        before.baseUrl(),
        before.firstParty(),
        before.pages(),
        options,
        automatic,
        new SiteSteps(recipe, journeys, signIn),
        before.lighthouse(),
        before.alertEmails());
  }

  /** A profile of one's own, set through the API, stays while the kind of device is the same. */
  private DeviceProfile device(DeviceProfile old) {
    boolean mobile = device.equals("mobile");
    if (old.mobile() == mobile) return old;
    return mobile ? DeviceProfile.MOBILE : DeviceProfile.DESKTOP;
  }

  private List<ConsentState> consentStates() {
    List<ConsentState> states = new ArrayList<>();
    for (ConsentState state : ConsentState.values()) {
      if (consents.contains(state.name())) states.add(state);
    }
    if (states.isEmpty()) {
      throw Refusal.invalid("consent", "Tick at least one: each is a visit of its own.");
    }
    return states;
  }
}
