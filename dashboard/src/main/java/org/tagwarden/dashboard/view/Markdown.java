package org.tagwarden.dashboard.view;

import java.util.ArrayList;
import java.util.List;

/**
 * The little Markdown that standards are written in: headings, lists, paragraphs. Its blocks are
 * plain text, which templates escape: nothing in it becomes HTML. Pure.
 */
public final class Markdown {
  private Markdown() {}

  /** What a block is. */
  public enum Kind {
    HEADING,
    ITEM,
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
