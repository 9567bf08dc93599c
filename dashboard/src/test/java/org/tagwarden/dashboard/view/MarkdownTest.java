package org.tagwarden.dashboard.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tagwarden.dashboard.view.Markdown.Block;
import org.tagwarden.dashboard.view.Markdown.Kind;

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
            new Block(Kind.ITEM, "ask first"),
            new Block(Kind.PARAGRAPH, "#hash is text"));
    assertThat(Markdown.blocks("")).isEmpty();
  }
}
