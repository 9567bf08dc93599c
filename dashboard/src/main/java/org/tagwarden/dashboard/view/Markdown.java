package org.tagwarden.dashboard.view;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The little Markdown that standards are written in: headings, lists, paragraphs, and in them what
 * is strong, code or a link. All of it is plain text, which templates escape: nothing in it becomes
 * HTML. Pure.
 */
public final class Markdown {
  /** Strong, emphasis, code, a link to the web; what is no pair of signs stays as it is. */
  private static final Pattern SPAN =
      Pattern.compile(
          "\\*\\*(?<strong>[^*]+)\\*\\*|(?<![\\w*])[*_](?<emphasis>[^*_\\s][^*_]*)[*_](?![\\w*])"
              + "|`(?<code>[^`]+)`|\\[(?<label>[^\\]]+)\\]\\((?<href>https?://[^\\s)]+)\\)");

  private Markdown() {}

  /** How a part of a block looks. */
  public enum Style {
    PLAIN,
    STRONG,
    EMPHASIS,
    CODE,
    LINK
  }

  /** A part of a block; {@code href} is "" for what is no link. */
  public record Span(Style style, String text, String href) {}

  /** The parts of a block, in their order. */
  public static List<Span> spans(String text) {
    List<Span> spans = new ArrayList<>();
    Matcher found = SPAN.matcher(text);
    int end = 0;
    while (found.find()) {
      plain(text.substring(end, found.start()), spans);
      end = found.end();
      if (found.group("strong") != null)
        spans.add(new Span(Style.STRONG, found.group("strong"), ""));
      else if (found.group("emphasis") != null)
        spans.add(new Span(Style.EMPHASIS, found.group("emphasis"), ""));
      else if (found.group("code") != null)
        spans.add(new Span(Style.CODE, found.group("code"), ""));
      else spans.add(new Span(Style.LINK, found.group("label"), found.group("href")));
    }
    plain(text.substring(end), spans);
    return spans;
  }

  private static void plain(String text, List<Span> spans) {
    if (!text.isEmpty()) spans.add(new Span(Style.PLAIN, text, ""));
  }

  /** What a block is. */
  public enum Kind {
    HEADING,
    ITEM,
    /** An item that says its number itself. */
    NUMBERED,
    PARAGRAPH
  }

  /** A heading, a line of a list, or a paragraph. */
  public record Block(Kind kind, String text) {}

  /** The blocks in their order; a paragraph's lines are joined. */
  public static List<Block> blocks(String markdown) {
    List<Block> blocks = new ArrayList<>();
    StringBuilder paragraph = new StringBuilder();
    for (String line : markdown.split("\\R")) {
      String text = line.strip();
      boolean heading = text.matches("#{1,6}\\s.*");
      boolean item = text.matches("([-*+]|\\d{1,3}[.)])\\s.*");
      if (heading || item || text.isEmpty()) end(paragraph, blocks);
      if (heading) blocks.add(new Block(Kind.HEADING, text.replaceFirst("#+\\s+", "")));
      else if (item && Character.isDigit(text.charAt(0)))
        blocks.add(new Block(Kind.NUMBERED, text));
      else if (item) blocks.add(new Block(Kind.ITEM, text.replaceFirst("\\S+\\s+", "")));
      else if (!text.isEmpty()) paragraph.append(paragraph.isEmpty() ? "" : " ").append(text);
    }
    end(paragraph, blocks);
    return blocks;
  }

  private static void end(StringBuilder paragraph, List<Block> blocks) {
    if (!paragraph.isEmpty()) blocks.add(new Block(Kind.PARAGRAPH, paragraph.toString()));
    paragraph.setLength(0);
  }
}
