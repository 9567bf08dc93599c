package org.tagwarden.collector.evidence;

import java.io.IOException;
import java.util.List;
import org.tagwarden.collector.site.Site;
import org.tagwarden.report.DeviceProfile;
import org.tagwarden.report.Journey;
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
    line(sink, "Journeys", or(journeys(site.steps().readJourneys()), "none"));
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

  private static String journeys(List<Journey> journeys) {
    return String.join(", ", journeys.stream().map(Journey::name).toList());
  }
}
