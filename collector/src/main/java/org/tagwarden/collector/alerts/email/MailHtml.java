package org.tagwarden.collector.alerts.email;

import java.util.ArrayList;
import java.util.List;
import org.tagwarden.collector.MailFrame;
import org.tagwarden.collector.alerts.email.MailPage.Button;
import org.tagwarden.collector.checks.Severity;

/**
 * A mail's HTML: one table, styles inline, since mail clients drop the rest; the style element only
 * recolours it where a client prefers dark. No picture, no script, nothing fetched. Pure.
 */
final class MailHtml {
  /** The badge of what is resolved. */
  static final String GOOD = "#1d7a46";

  private static final int WIDTH = 620;

  private static final String DARK =
      """
        .second { background: #1f252d !important; color: #8ab8f8 !important; border-color: #4a6f9f !important; }
      """;

  private static final String NARROW =
      """
      @media (max-width: 480px) {
        .label, .value { display: block !important; width: auto !important; }
        .label { padding: 8px 0 0 0 !important; }
        .value { padding: 0 0 8px 0 !important; border-top: 0 !important; }
      }
      """;

  private static final String CARD =
      """
      <tr><td style="padding:24px 28px 0 28px">
      <p style="margin:0 0 12px 0"><span style="display:inline-block;padding:3px 10px;border-radius:10px;background:%2$s;color:#ffffff;font-size:12px;font-weight:600">%3$s</span></p>
      <h1 class="text" style="margin:0 0 10px 0;font-size:21px;line-height:28px;color:#182433">%1$s</h1>
      <p class="text" style="margin:0 0 18px 0;font-size:15px;line-height:22px;color:#182433">%4$s</p>
      </td></tr>
      <tr><td style="padding:0 28px">
      <table role="presentation" width="100%%" cellpadding="0" cellspacing="0">
      %5$s</table>
      </td></tr>
      <tr><td style="padding:6px 28px 0 28px">
      %6$s%7$s%8$s<p style="margin:18px 0 16px 0">
      %9$s</p>
      </td></tr>
      <tr><td class="line" style="padding:14px 28px 18px 28px;border-top:1px solid #dde2e9">
      <p class="soft" style="margin:0;font-size:12px;line-height:18px;color:#5c6b7e">%10$s<br><a href="%11$s" class="soft" style="color:#5c6b7e">%12$s</a></p>
      </td></tr>
      """;

  private static final String ROW =
      """
      <tr>
      <td class="soft line label" valign="top" width="96" style="padding:8px 12px 8px 0;border-top:1px solid #dde2e9;font-size:13px;line-height:20px;color:#5c6b7e">%s</td>
      <td class="text line value" valign="top" style="padding:8px 0;border-top:1px solid #dde2e9;font-size:14px;line-height:20px;color:#182433;word-break:break-word;overflow-wrap:anywhere">%s</td>
      </tr>
      """;

  private static final String SAID =
      """
      <p class="soft" style="margin:14px 0 4px 0;font-size:13px;line-height:18px;color:#5c6b7e">%s</p>
      """;

  private static final String PARAGRAPH =
      """
      <p class="text" style="margin:0 0 6px 0;font-size:15px;line-height:22px;color:#182433">%s</p>
      """;

  private static final String BUTTON =
      """
      <a href="%s"%s style="display:inline-block;margin:0 8px 8px 0;padding:11px 20px;border-radius:6px;border:1px solid #0b63ce;background:%s;color:%s;font-size:15px;font-weight:600;text-decoration:none">%s</a>
      """;

  private MailHtml() {}

  static String of(MailPage page) {
    StringBuilder rows = new StringBuilder();
    for (MailPage.Fact fact : page.facts()) {
      List<String> lines = new ArrayList<>(fact.lines().stream().map(MailHtml::escape).toList());
      if (fact.led()) lines.set(0, "<strong>" + lines.get(0) + "</strong>");
      rows.append(ROW.formatted(escape(fact.label()), String.join("<br>\n", lines)));
    }
    String card =
        CARD.formatted(
            escape(page.headline()),
            page.colour(),
            escape(page.badge()),
            escape(page.summary()),
            rows,
            said("Why it matters", page.why()),
            said("What to do", page.remedy()),
            said("Next in line", page.next().isBlank() ? List.of() : List.of(page.next())),
            buttons(page.buttons()),
            escape(page.footer()),
            escape(page.leave().link()),
            escape(page.leave().label()));
    return MailFrame.around(escape(page.headline()), WIDTH, DARK, NARROW, card);
  }

  private static String said(String label, List<String> lines) {
    if (lines.isEmpty()) return "";
    StringBuilder html = new StringBuilder(SAID.formatted(label));
    for (String line : lines) html.append(PARAGRAPH.formatted(escape(line)));
    return html.toString();
  }

  private static String buttons(List<Button> buttons) {
    StringBuilder html = new StringBuilder();
    for (Button button : buttons) {
      boolean main = html.isEmpty();
      html.append(
          BUTTON.formatted(
              escape(button.link()),
              main ? "" : " class=\"second\"",
              main ? "#0b63ce" : "#ffffff",
              main ? "#ffffff" : "#0b63ce",
              escape(button.label())));
    }
    return html.toString();
  }

  static String colour(Severity severity) {
    return switch (severity) {
      case LOW -> "#4b6584";
      case MEDIUM -> "#a15c00";
      case HIGH -> "#c2410c";
      case CRITICAL -> "#b91c1c";
    };
  }

  static String label(Severity severity) {
    return switch (severity) {
      case LOW -> "Low";
      case MEDIUM -> "Medium";
      case HIGH -> "High";
      case CRITICAL -> "Critical";
    };
  }

  /** For text and for attributes in double quotes: URLs come from strangers' pages. */
  static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        default -> safe.append(c);
      }
    }
    return safe.toString();
  }
}
