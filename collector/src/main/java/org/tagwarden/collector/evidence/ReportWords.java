package org.tagwarden.collector.evidence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tagwarden.collector.evidence.Html.Safe;

/** How the report says what the sheets hold. */
final class ReportWords {
  private ReportWords() {}

  static Safe verdict(Line line) {
    return switch (line.text("verdict")) {
      case "APPROVED" -> Html.mark("good", "Approved");
      case "REFUSED" -> Html.mark("bad", "Refused");
      case "PENDING" -> Html.mark("warn", "On hold");
      case "EXPIRED" -> Html.mark("bad", "Approval expired");
      default -> Html.mark("bad", "Nobody decided");
    };
  }

  /** "Tom Brandt (approver)", and when. */
  static Safe decided(Line line) {
    return by(line, "decided_by", "decided_role", "decided_at");
  }

  static Safe by(Line line, String name, String role, String at) {
    if (!line.has(name)) return Safe.NONE;
    String as = line.text(role).isEmpty() ? "" : " (" + line.text(role) + ")";
    return Html.both(Html.text(line.text(name) + as), Html.time(line, at));
  }

  static Safe tag(Line line) {
    if (!line.has("tag_key")) return Html.text("The site's own");
    String vendor = line.text("vendor");
    String product = line.text("product");
    return Html.both(
        Html.text(product),
        Html.text(product.equals(vendor) ? words(line.text("category")) : vendor));
  }

  /** What a log entry says of before and after. */
  static Safe members(Line line) {
    Safe before = members(line, "before");
    Safe after = members(line, "after");
    return before == Safe.NONE ? after : Html.both(before, after);
  }

  private static Safe members(Line line, String column) {
    if (!(line.values().get(column) instanceof Map<?, ?> object)) return Safe.NONE;
    List<String> members = new ArrayList<>();
    members(object, "", members);
    Safe text = Html.text(String.join(", ", members));
    return column.equals("before") ? new Safe("<del>" + text.html() + "</del>") : text;
  }

  /** A JSON object as people read it: what is empty says nothing. */
  private static void members(Map<?, ?> object, String within, List<String> members) {
    object.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> inner) {
            members(inner, within + name + " ", members);
            return;
          }
          String text = SheetFiles.text(value);
          if (!text.isBlank()) members.add(within + name + ": " + text);
        });
  }

  static Safe severity(String severity) {
    boolean bad = severity.equals("CRITICAL") || severity.equals("HIGH");
    if (severity.isEmpty()) return Safe.NONE;
    return Html.mark(bad ? "bad" : severity.equals("MEDIUM") ? "warn" : "", words(severity));
  }

  /** "NO_LONGER_SEEN" as people write it. */
  static String words(String constant) {
    if (constant.isEmpty()) return "";
    if (constant.equals("AB_TEST")) return "A/B test";
    String text = constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  /** What was chosen in the consent banner. */
  static String choice(String constant) {
    return constant.equals("NONE") ? "none yet" : constant.toLowerCase(Locale.ROOT);
  }

  static String length(Duration length) {
    long days = length.toDays();
    long hours = length.toHours() % 24;
    if (days == 0) return length.toHours() + " h " + length.toMinutes() % 60 + " min";
    return days + (days == 1 ? " day" : " days") + (hours == 0 ? "" : " " + hours + " h");
  }

  /** "1 page", "3 pages". */
  static String count(int number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }
}
