package org.tagwarden.dashboard.pages.schedule;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.schedule.Schedule;
import org.tagwarden.collector.schedule.ScheduleDraft;
import org.tagwarden.collector.site.Site;
import org.tagwarden.collector.site.SiteDraft;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.report.ConsentState;
import org.tagwarden.report.DeviceProfile;
import org.tagwarden.report.PageSet;
import org.tagwarden.report.VisitOptions;

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
    String consent,
    String device,
    String settleSeconds,
    String concurrency,
    boolean lighthouse,
    boolean internal,
    boolean insecure,
    String alertEmails,
    Rhythm rhythm,
    String timeZone) {

  /** What holds now. */
  static SiteForm of(Site site, @Nullable Schedule schedule) {
    VisitOptions options = site.options();
    boolean on = schedule != null && schedule.draft().enabled();
    return new SiteForm(
        site.name(),
        site.baseUrl(),
        String.join("\n", site.firstParty()),
        site.pages().kind().name(),
        String.join("\n", site.pages().urls()),
        String.valueOf(site.pages().limit()),
        options.consent().name(),
        options.device().mobile() ? "mobile" : "desktop",
        seconds(options.settleMs()),
        String.valueOf(options.concurrency()),
        site.lighthouse(),
        options.allowPrivate(),
        options.insecure(),
        String.join("\n", site.alertEmails()),
        on ? Rhythm.of(schedule.draft().cron()) : Rhythm.UNSET,
        schedule == null ? "" : schedule.draft().timeZone());
  }

  private static String seconds(long millis) {
    return millis % 1_000 == 0 ? String.valueOf(millis / 1_000) : String.valueOf(millis / 1_000.0);
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
        request.text("consent"),
        request.text("device"),
        request.text("settle"),
        request.text("concurrency"),
        request.ticked("lighthouse"),
        request.ticked("internal"),
        request.ticked("insecure"),
        request.text("alertEmails"),
        new Rhythm(
            request.text("rhythm"),
            request.text("time"),
            request.text("weekday"),
            request.text("day"),
            request.text("cron")),
        request.text("timeZone"));
  }

  /** Checked; a {@link Refusal} names the field. What the form does not ask stays as it is. */
  SiteDraft draft(Site before) {
    List<String> urls = lines(urls());
    if (urls.isEmpty()) {
      throw Refusal.invalid("pages", "Write at least one address: the page to start from.");
    }
    VisitOptions old = before.options();
    VisitOptions options =
        new VisitOptions(
            choice(ConsentState.class, consent, "consent"),
            device.equals("mobile") ? DeviceProfile.MOBILE : DeviceProfile.DESKTOP,
            Math.round(decimal(settleSeconds, 0, 60, "settle") * 1_000),
            old.timeoutMs(),
            (int) decimal(concurrency, 1, 16, "concurrency"),
            old.delayMs(),
            internal,
            insecure);
    PageSet pages =
        new PageSet(
            choice(PageSet.Kind.class, pageKind, "pageKind"),
            urls,
            (int) decimal(limit, 1, 10_000, "limit"));
    return new SiteDraft(
        name, baseUrl, lines(firstParty), pages, options, lighthouse, lines(alertEmails));
  }

  /** The schedule, keeping jitter and blackouts of the one before; null when switched off. */
  @Nullable ScheduleDraft schedule(@Nullable Schedule before) {
    if (!rhythm.isOn()) return null;
    if (timeZone.isEmpty())
      throw Refusal.invalid("timeZone", "Say in which time zone, like Europe/Berlin.");
    return new ScheduleDraft(
        rhythm.toCron(),
        timeZone,
        before == null ? 0 : before.draft().jitterSeconds(),
        before == null ? List.of() : before.draft().blackouts(),
        true);
  }

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    for (String line : text.split("[\\r\\n,;]+")) if (!line.isBlank()) lines.add(line.strip());
    return lines;
  }

  private static double decimal(String text, double least, double most, String field) {
    try {
      double value = Double.parseDouble(text.replace(',', '.'));
      if (value >= least && value <= most) return value;
    } catch (NumberFormatException e) {
      // said below, with the field
    }
    throw Refusal.invalid(
        field, "Write a number from " + (long) least + " to " + (long) most + ".");
  }

  private static <E extends Enum<E>> E choice(Class<E> type, String text, String field) {
    for (E value : type.getEnumConstants()) if (value.name().equals(text)) return value;
    throw Refusal.invalid(field, "Choose one of the list.");
  }
}
