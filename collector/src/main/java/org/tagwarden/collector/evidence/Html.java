package org.tagwarden.collector.evidence;

import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes a document piece by piece: it is never in memory as a whole. */
final class Html {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int LONGEST = 600;

  private final Writer out;

  Html(Writer out) {
    this.out = out;
  }

  /** A cell or a piece of text that is safe to be written. */
  record Safe(String html) {
    static final Safe NONE = new Safe("<span class=\"none\">–</span>");
  }

  static Safe text(@Nullable Object value) {
    String text = SheetFiles.text(value);
    if (text.isEmpty()) return Safe.NONE;
    return new Safe(escape(text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text));
  }

  /** A time to the minute; all of them are UTC, as the first page says. */
  static Safe time(@Nullable Instant at) {
    return at == null ? Safe.NONE : new Safe("<span class=\"t\">" + shown(at) + "</span>");
  }

  static String shown(Instant at) {
    return TIME.format(at);
  }

  static Safe time(Line line, String column) {
    return time(line.time(column));
  }

  /** A hash or an address, which may be broken anywhere. */
  static Safe code(String text) {
    return text.isEmpty() ? Safe.NONE : new Safe("<code>" + text(text).html() + "</code>");
  }

  /** A word that says how it stands, coloured and readable without colour. */
  static Safe mark(String tone, String word) {
    return new Safe("<b class=\"mark " + tone + "\">" + escape(word) + "</b>");
  }

  /** Both, one under the other; the second in small letters. */
  static Safe both(Safe first, Safe second) {
    if (second == Safe.NONE) return first;
    return new Safe(first.html() + "<small>" + second.html() + "</small>");
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  void raw(String html) throws IOException {
    out.write(html);
  }

  void heading(String id, String title) throws IOException {
    raw("<h2 id=\"" + id + "\">" + escape(title) + "</h2>\n");
  }

  void small(String title) throws IOException {
    raw("<h3>" + escape(title) + "</h3>\n");
  }

  void p(String sentence) throws IOException {
    raw("<p>" + escape(sentence) + "</p>\n");
  }

  void note(String tone, String sentence) throws IOException {
    raw("<p class=\"note " + tone + "\">" + escape(sentence) + "</p>\n");
  }

  /**
   * Opens a table.
   *
   * @param heads the columns' names; one that begins with a number and a space is so many
   *     hundredths wide
   */
  void table(String... heads) throws IOException {
    raw("<div class=\"wide\"><table><thead><tr>");
    for (String head : heads) {
      boolean wide = head.matches("\\d+ .*");
      String width = wide ? " class=\"w" + head.substring(0, head.indexOf(' ')) + "\"" : "";
      raw("<th scope=\"col\"" + width + ">");
      raw(escape(wide ? head.substring(head.indexOf(' ') + 1) : head));
      raw("</th>");
    }
    raw("</tr></thead><tbody>\n");
  }

  void row(Safe... cells) throws IOException {
    raw("<tr>");
    for (Safe cell : cells) raw("<td>" + cell.html() + "</td>");
    raw("</tr>\n");
  }

  /** A heading over the rows that follow. */
  void group(String name, int columns) throws IOException {
    raw("<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"" + columns + "\">");
    raw(code(name).html() + "</th></tr>\n");
  }

  void endTable() throws IOException {
    raw("</tbody></table></div>\n");
  }

  /** Names and values, one under the other. */
  void facts(List<String> namesAndValues) throws IOException {
    raw("<dl>");
    for (int i = 0; i < namesAndValues.size(); i += 2) {
      raw("<div><dt>" + escape(namesAndValues.get(i)) + "</dt>");
      raw("<dd>" + escape(namesAndValues.get(i + 1)) + "</dd></div>\n");
    }
    raw("</dl>\n");
  }
}
