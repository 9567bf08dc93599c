package org.tagwarden.dashboard.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tagwarden.dashboard.view.Markdown.Block;
import org.tagwarden.dashboard.view.Markdown.Kind;
import org.tagwarden.dashboard.view.Markdown.Span;
import org.tagwarden.dashboard.view.Markdown.Style;

class MarkdownTest {
  @Test
  void headings_lists_and_paragraphs_are_blocks_of_plain_text() {
    String text =
        "# Tags\n\nOnly what\nis needed.\n- <b>no</b> pixels\n2. ask first\n#hash is text";

    assertThat(Markdown.blocks(text))
        .containsExactly(
            new Block(Kind.HEADING, "Tags"),
            new Block(Kind.PARAGRAPH, "Only what is needed."),
            new Block(Kind.ITEM, "<b>no</b> pixels"),
            new Block(Kind.NUMBERED, "2. ask first"),
            new Block(Kind.PARAGRAPH, "#hash is text"));
    assertThat(Markdown.blocks("")).isEmpty();
  }

  @Test
  void what_is_strong_code_or_a_link_is_a_part_of_its_own_and_everything_else_is_text() {
    assertThat(Markdown.spans("**Ask** _first_: `npm ci`, see [ours](https://a.example/x)."))
        .containsExactly(
            new Span(Style.STRONG, "Ask", ""),
            new Span(Style.PLAIN, " ", ""),
            new Span(Style.EMPHASIS, "first", ""),
            new Span(Style.PLAIN, ": ", ""),
            new Span(Style.CODE, "npm ci", ""),
            new Span(Style.PLAIN, ", see ", ""),
            new Span(Style.LINK, "ours", "https://a.example/x"),
            new Span(Style.PLAIN, ".", ""));
    String text = "5 * 3, snake_case_name, [x](javascript:alert(1)), ** alone, <b>";
    assertThat(Markdown.spans(text)).containsExactly(new Span(Style.PLAIN, text, ""));
  }
}
