package org.tagwarden.collector.evidence;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.tagwarden.collector.site.Site;
import org.tagwarden.report.DeviceProfile;
import org.tagwarden.report.Journey;
import org.tagwarden.report.JourneyStep;
import org.tagwarden.report.PageRules;
import org.tagwarden.report.PageSet;
import org.tagwarden.report.VisitOptions;

/** How a site is watched, a line a setting. */
final class Settings {
  private Settings() {}

  static void lines(Snapshot snapshot, LineSink sink) throws IOException {
    PackScope scope = snapshot.scope();
    Site site = scope.site();
    VisitOptions options = site.options();
    line(sink, "Client", site.clientName());
    line(sink, "Site", site.name());
    line(sink, "Address", site.baseUrl());
    line(sink, "Further domains of its own", or(String.join(", ", site.firstParty()), "none"));
    line(sink, "Watched since", Html.shown(site.createdAt()) + " UTC");
    if (site.archivedAt() != null)
      line(sink, "Archived since", Html.shown(site.archivedAt()) + " UTC");
    line(sink, "Pages", pages(site.pages()));
    List<String> patterns = patterns(site.pages().rules());
    if (!patterns.isEmpty()) line(sink, "Of these, addresses", String.join("; ", patterns));
    List<Journey> journeys = site.steps().readJourneys();
    if (journeys.isEmpty()) line(sink, "Journeys", "none");
    for (Journey journey : journeys)
      line(sink, "Journey \"" + journey.name() + "\"", steps(journey));
    line(sink, "Signs in first", site.steps().signIn().isEmpty() ? "no" : "yes");
    line(
        sink,
        "Choices in the consent banner",
        String.join(
            ", ", options.consents().stream().map(one -> ReportWords.choice(one.name())).toList()));
    line(sink, "Device", device(options.device()));
    line(
        sink,
        "Alerts by mail to",
        or(String.join(", ", site.alertEmails()), "approvers and admins"));
    line(
        sink,
        "Kept",
        "visits and runs "
            + scope.retention().visitDays()
            + " days, whole reports and screenshots "
            + scope.retention().reportDays()
            + " days, changes "
            + scope.retention().curveDays()
            + " days; decisions, findings, alerts and the audit log without end");
  }

  private static String device(DeviceProfile device) {
    return device.name() + ", " + device.width() + " × " + device.height();
  }

  private static void line(LineSink sink, String setting, String value) throws IOException {
    sink.take(new Line().put("setting", setting).put("value", value));
  }

  private static String or(String text, String otherwise) {
    return text.isEmpty() ? otherwise : text;
  }

  private static String pages(PageSet pages) {
    String urls = String.join(", ", pages.urls());
    return switch (pages.kind()) {
      case LIST -> urls.isEmpty() ? "none beside the journeys" : urls;
      case SITEMAP -> "up to " + pages.limit() + " of the sitemap " + urls;
      case CRAWL -> "up to " + pages.limit() + ", found by links from " + urls;
    };
  }

  private static List<String> patterns(PageRules rules) {
    List<String> patterns = new ArrayList<>();
    if (!rules.include().isEmpty()) patterns.add("only " + String.join(", ", rules.include()));
    if (!rules.exclude().isEmpty()) patterns.add("not " + String.join(", ", rules.exclude()));
    if (rules.perTemplate() > 0) patterns.add(rules.perTemplate() + " of each template");
    return patterns;
  }

  private static String steps(Journey journey) {
    return String.join("; ", journey.steps().stream().map(JourneyStep::sentence).toList());
  }
}
