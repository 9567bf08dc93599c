package org.tagwarden.collector.alerts.email;

import java.util.List;
import java.util.Locale;
import org.tagwarden.collector.alerts.OneLine;

/**
 * What stands in a mail, in its order, before it becomes text or HTML. Pure.
 *
 * @param badge a word for how urgent it is
 * @param colour the badge's
 * @param why empty when it is not said
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
    List<String> why,
    List<String> remedy,
    String next,
    List<Button> buttons,
    String footer,
    Button leave) {
  /**
   * A labelled part of the mail.
   *
   * @param led whether its first line is what it is about
   */
  record Fact(String label, List<String> lines, boolean led) {
    Fact {
      lines = lines.stream().map(OneLine::of).toList();
    }

    Fact(String label, List<String> lines) {
      this(label, lines, false);
    }
  }

  /** A link that is to be followed. */
  record Button(String label, String link) {}

  MailPage {
    headline = OneLine.of(headline);
    summary = OneLine.of(summary);
    next = OneLine.of(next);
    why = why.stream().map(OneLine::of).toList();
    remedy = remedy.stream().map(OneLine::of).toList();
    facts = List.copyOf(facts);
    buttons = List.copyOf(buttons);
  }

  /** For readers of mails, who may leave. */
  String text() {
    String foot = "\n-- \n" + footer + "\n" + leave.label() + ": " + leave.link() + "\n";
    return body() + foot;
  }

  /** Without what is about its reader: tickets have many. */
  String body() {
    StringBuilder text = new StringBuilder();
    text.append(headline).append("\n\n").append(summary).append("\n\n");
    for (Fact fact : facts) say(text, fact.label(), fact.lines());
    say(text, "Why it matters", why);
    say(text, "What to do", remedy);
    say(text, "Next in line", next.isBlank() ? List.of() : List.of(next));
    for (Button button : buttons) {
      text.append(button.label()).append(": ").append(button.link()).append('\n');
    }
    return text.toString();
  }

  private static void say(StringBuilder text, String label, List<String> lines) {
    if (lines.isEmpty()) return;
    text.append(label).append('\n');
    for (String line : lines) text.append("  ").append(line).append('\n');
    text.append('\n');
  }

  static String bytes(long bytes) {
    if (bytes < 1_000) return bytes + " bytes";
    if (bytes < 1_000_000) return String.format(Locale.ROOT, "%.1f kB", bytes / 1_000.0);
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1_000_000.0);
  }
}
