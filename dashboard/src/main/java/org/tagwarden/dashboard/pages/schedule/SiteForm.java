package org.tagwarden.dashboard.pages.schedule;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.schedule.Schedule;
import org.tagwarden.collector.schedule.ScheduleDraft;
import org.tagwarden.collector.site.Site;
import org.tagwarden.collector.site.SiteDraft;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.Typed;
import org.tagwarden.report.PageSet;

/**
 * The schedule and settings as typed: every field a text, so that nothing is lost when one of them
 * is refused.
 */
public record SiteForm(
    String name,
    String baseUrl,
    String firstParty,
    String pageKind,
    String urls,
    String limit,
    RulesForm rules,
    boolean lighthouse,
    String alertEmails,
    Rhythm rhythm,
    String timeZone,
    CalmForm calm) {

  /** What holds now. */
  static SiteForm of(Site site, @Nullable Schedule schedule) {
    boolean on = schedule != null && schedule.draft().enabled();
    return new SiteForm(
        site.name(),
        site.baseUrl(),
        String.join("\n", site.firstParty()),
        site.pages().kind().name(),
        String.join("\n", site.pages().urls()),
        String.valueOf(site.pages().limit()),
        RulesForm.of(site.pages().rules()),
        site.lighthouse(),
        String.join("\n", site.alertEmails()),
        on ? Rhythm.of(schedule.draft().cron()) : Rhythm.UNSET,
        schedule == null ? "" : schedule.draft().timeZone(),
        CalmForm.of(schedule));
  }

  /** What was typed. */
  static SiteForm of(Request request) {
    return new SiteForm(
        request.text("name"),
        request.text("baseUrl"),
        request.text("firstParty"),
        request.text("pageKind"),
        request.text("pages"),
        request.text("limit"),
        RulesForm.of(request),
        request.ticked("lighthouse"),
        request.text("alertEmails"),
        new Rhythm(
            request.text("rhythm"),
            request.text("time"),
            request.text("weekday"),
            request.text("day"),
            request.text("cron")),
        request.text("timeZone"),
        CalmForm.of(request));
  }

  /** Checked; a {@link Refusal} names the field. What the form does not ask stays as it is. */
  SiteDraft draft(Site before) {
    List<String> addresses = Typed.entries(urls());
    if (addresses.isEmpty()) {
      throw Refusal.invalid("pages", "Write at least one address: the page to start from.");
    }
    PageSet pages =
        new PageSet(
            Typed.choice(PageSet.Kind.class, pageKind, "pageKind"),
            addresses,
            (int) Typed.number(limit, 1, 10_000, "limit"),
            rules.rules());
    return new SiteDraft(
        name,
        baseUrl,
        Typed.entries(firstParty),
        pages,
        before.options(),
        before.automaticSettle(),
        before.steps(),
        lighthouse,
        Typed.entries(alertEmails));
  }

  /** The schedule; null when switched off. */
  @Nullable ScheduleDraft schedule() {
    if (!rhythm.isOn()) return null;
    if (timeZone.isEmpty())
      throw Refusal.invalid("timeZone", "Say in which time zone, like Europe/Berlin.");
    return new ScheduleDraft(rhythm.toCron(), timeZone, calm.jitterSeconds(), calm.windows(), true);
  }
}
