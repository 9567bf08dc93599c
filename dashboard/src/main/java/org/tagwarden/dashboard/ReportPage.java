package org.tagwarden.dashboard;

import java.util.List;
import java.util.Map;
import org.tagwarden.dashboard.report.ReportView;
import org.tagwarden.dashboard.web.Assets;
import org.tagwarden.dashboard.web.Templates;
import org.tagwarden.report.ScanReport;

/** Writes report.html of the one-off scan. */
public final class ReportPage {
  private ReportPage() {}

  /**
   * The whole page as one text: styles inside, no request to anybody, no script. Takes what was
   * recognised and checked of each visit in {@code report}, in the same order.
   */
  public static String render(ScanReport report, List<ScannedVisit> visits) {
    Assets assets = Assets.load();
    return new Templates()
        .render(
            "report/page", Map.of("view", ReportView.of(report, visits), "styles", styles(assets)));
  }

  /** Without the font: the file stays small, and the reader's own fonts do. */
  private static String styles(Assets assets) {
    return assets.text("app.css").replaceAll("@font-face \\{[^}]*}", "");
  }
}
