package org.tagwarden.collector.alerts.email;

import java.util.List;
import java.util.Locale;

/**
 * What stands in a mail, in its order, before it becomes text or HTML. Pure.
 *
 * @param badge a word for how urgent it is
 * @param colour the badge's
 * @param why "" when it is not said
 * @param next who is asked next; "" when it is not said
 * @param buttons the main one first
 * @param footer why the reader gets it
 * @param leave how to get no more
 */
record MailPage(
    String headline,
    String badge,
    String colour,
    String summary,
    List<Fact> facts,
    String why,
    String remedy,
    String next,
    List<Button> buttons,
    String footer,
    Button leave) {
  /** A labelled part of the mail. */
  record Fact(String label, List<String> lines) {
    Fact {
      lines = lines.stream().map(MailPage::oneLine).toList();
    }
  }

  /** A link that is to be followed. */
  record Button(String label, String link) {}

  MailPage {
    headline = oneLine(headline);
    summary = oneLine(summary);
    next = oneLine(next);
    facts = List.copyOf(facts);
    buttons = List.copyOf(buttons);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(headline).append("\n\n").append(summary).append("\n\n");
    for (Fact fact : facts) {
      text.append(fact.label()).append('\n');
      for (String line : fact.lines()) text.append("  ").append(line).append('\n');
      text.append('\n');
    }
    if (!why.isBlank()) text.append("Why it matters\n  ").append(why).append("\n\n");
    text.append("What to do\n  ").append(remedy).append("\n\n");
    if (!next.isBlank()) text.append("Next in line\n  ").append(next).append("\n\n");
    for (Button button : buttons) {
      text.append(button.label()).append(": ").append(button.link()).append('\n');
    }
    text.append("\n-- \n").append(footer).append('\n');
    return text.append(leave.label()).append(": ").append(leave.link()).append('\n').toString();
  }

  /** One line, whatever a page's author put into a URL: it could fake headers and facts. */
  static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }

  static String bytes(long bytes) {
    if (bytes < 1_000) return bytes + " bytes";
    if (bytes < 1_000_000) return String.format(Locale.ROOT, "%.1f kB", bytes / 1_000.0);
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1_000_000.0);
  }
}
