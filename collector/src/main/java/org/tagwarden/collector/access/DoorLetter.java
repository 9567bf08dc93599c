package org.tagwarden.collector.access;

import com.google.common.base.CharMatcher;
import com.google.common.html.HtmlEscapers;
import java.util.ArrayList;
import java.util.List;
import org.tagwarden.collector.MailFrame;

/**
 * A mail of the door: one thing to do, as text and as HTML. Styles are inline, since mail clients
 * drop the rest; nothing is fetched. Pure. Names are other people's words: one line each, escaped.
 *
 * @param html the whole page
 */
record DoorLetter(String subject, String text, String html) {
  private static final String NOT_YOU =
      "If you did not expect this, do nothing: without the link nobody gets in.";

  private static final int WIDTH = 560;

  private static final String CARD =
      """
      <tr><td style="padding:24px 28px 8px 28px">
      <p class="soft" style="margin:0 0 10px 0;font-size:13px;font-weight:600;color:#5c6b7e">Tagwarden</p>
      <h1 class="text" style="margin:0 0 14px 0;font-size:21px;line-height:28px;color:#182433">%1$s</h1>
      %2$s<p style="margin:4px 0 16px 0"><a href="%3$s" style="display:inline-block;padding:11px 20px;border-radius:6px;background:#0b63ce;color:#ffffff;font-size:15px;font-weight:600;text-decoration:none">%4$s</a></p>
      <p class="soft" style="margin:0 0 16px 0;font-size:13px;line-height:19px;color:#5c6b7e">%5$s If the button does nothing, copy this address into your browser:<br><a href="%3$s" class="soft" style="color:#5c6b7e;word-break:break-all;overflow-wrap:anywhere">%3$s</a></p>
      </td></tr>
      <tr><td class="line" style="padding:14px 28px 18px 28px;border-top:1px solid #dde2e9">
      <p class="soft" style="margin:0;font-size:12px;line-height:18px;color:#5c6b7e">%6$s</p>
      </td></tr>
      """;

  private static final String PARAGRAPH =
      """
      <p class="text" style="margin:0 0 14px 0;font-size:15px;line-height:22px;color:#182433">%s</p>
      """;

  /** A role that is offered. */
  static DoorLetter invitation(Invitation offered, String link) {
    String by = line(offered.invitedBy());
    String role = offered.role().word();
    return of(
        by + " invites you to Tagwarden",
        line(offered.name()),
        List.of(
            by
                + " invites you to Tagwarden as "
                + (role.matches("[aeiou].*") ? "an " : "a ")
                + role
                + (offered.client() == null
                    ? " for all of its clients."
                    : " for " + line(offered.client()) + "."),
            "Tagwarden shows which third-party code runs on web sites, and who let it in. "
                + mayDo(offered.role()),
            "If you have an account at this Tagwarden already, you sign in with it; if not, you"
                + " make one."),
        new Step("Accept the invitation", link, "The link works once, for seven days."),
        NOT_YOU);
  }

  /** An account that was made without a password. */
  static DoorLetter firstPassword(Person to, String by, String link) {
    return of(
        "Choose your password for Tagwarden",
        line(to.name()),
        List.of(
            line(by)
                + " made an account for you at Tagwarden, which shows which third-party code runs"
                + " on web sites, and who let it in."),
        new Step("Choose a password", link, "The link works once, for seven days."),
        NOT_YOU);
  }

  /**
   * A forgotten password.
   *
   * @param by who asks for somebody else; "" for oneself
   */
  static DoorLetter newPassword(Person to, String by, String link) {
    return of(
        "Choose a new password for Tagwarden",
        line(to.name()),
        List.of(
            "A new password for your account at Tagwarden was asked for"
                + (by.isEmpty() ? "." : " by " + line(by) + ".")
                + " Your sessions end when you choose it."),
        new Step("Choose a password", link, "The link works once, for one hour."),
        "If it was not you, do nothing: your password stays as it is.");
  }

  private static String mayDo(Role role) {
    return switch (role) {
      case SCANNER, VIEWER -> "As a viewer you see the tags, the scans and what was found.";
      case REQUESTER ->
          "As a requester you see the tags and what was found, ask for new ones, and have pages"
              + " scanned.";
      case APPROVER -> "As an approver you decide what may run, and when pages are scanned.";
      case ADMIN -> "As an admin you also decide who may come in.";
      case AUDITOR -> "As an auditor you read and export everything, and change nothing.";
    };
  }

  /** What to do, and how long one can. */
  private record Step(String label, String link, String life) {}

  private static DoorLetter of(
      String headline, String to, List<String> said, Step step, String footer) {
    List<String> text = new ArrayList<>();
    text.add("Hello " + to + ",");
    text.addAll(said);
    text.add(step.label() + ":\n" + step.link());
    text.add(step.life());
    text.add(footer);
    StringBuilder paragraphs = new StringBuilder(PARAGRAPH.formatted("Hello " + escape(to) + ","));
    for (String one : said) paragraphs.append(PARAGRAPH.formatted(escape(one)));
    return new DoorLetter(
        headline,
        String.join("\n\n", text) + "\n",
        MailFrame.around(
            escape(headline),
            WIDTH,
            "",
            "",
            CARD.formatted(
                escape(headline),
                paragraphs,
                escape(step.link()),
                escape(step.label()),
                escape(step.life()),
                escape(footer))));
  }

  private static String escape(String text) {
    return HtmlEscapers.htmlEscaper().escape(text);
  }

  /** Whatever somebody calls themselves begins no line of ours. */
  private static String line(String text) {
    return CharMatcher.javaIsoControl().or(CharMatcher.whitespace()).trimAndCollapseFrom(text, ' ');
  }
}
