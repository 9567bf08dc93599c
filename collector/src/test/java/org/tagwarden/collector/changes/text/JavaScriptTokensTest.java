package org.tagwarden.collector.changes.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavaScriptTokensTest {
  @Test
  void comments_and_white_space_are_left_out() {
    assertThat(tokens("a /* one\n two */ = // three\n 1 <!-- four\n;"))
        .containsExactly("WORD a", "PUNCTUATOR =", "NUMBER 1", "PUNCTUATOR ;");
  }

  @Test
  void strings_keep_their_escapes_and_hide_comment_marks() {
    assertThat(tokens("x('it\\'s', \"// no \\\" comment /*\")"))
        .containsExactly(
            "WORD x",
            "PUNCTUATOR (",
            "STRING 'it\\'s'",
            "PUNCTUATOR ,",
            "STRING \"// no \\\" comment /*\"",
            "PUNCTUATOR )");
  }

  @Test
  void templates_are_cut_at_their_substitutions_however_deep() {
    assertThat(tokens("`a${b+`c${{d:1}.d}e`}f`;"))
        .containsExactly(
            "TEMPLATE a",
            "WORD b",
            "PUNCTUATOR +",
            "TEMPLATE c",
            "PUNCTUATOR {",
            "WORD d",
            "PUNCTUATOR :",
            "NUMBER 1",
            "PUNCTUATOR }",
            "PUNCTUATOR .",
            "WORD d",
            "TEMPLATE e",
            "TEMPLATE f",
            "PUNCTUATOR ;");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x = /a\"b/g;",
        "return /[/\"]/;",
        "f(/\"/)",
        "if (a) /\"/.test(b)",
        "while(a) /'/.exec(b)",
        "a ? /\"/ : /'/",
        "[/\"/]",
        "a && /\"/.test(b)",
        "{} /\"/.test(b)",
        "typeof /\"/",
        "x => /\"/"
      })
  void a_slash_where_an_operand_is_due_begins_a_regular_expression(String text) {
    assertThat(tokens(text))
        .anyMatch(t -> t.startsWith("REGEX "))
        .noneMatch(t -> t.startsWith("STRING"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a / b / c",
        "f(x) / 2 / 3",
        "a[1] / b / c",
        "({}) / 2 / 1",
        "x = {} / 2 / 1",
        "1 / 2 / 3",
        "a++ / b / c",
        "o.return / b / c",
        "`t` / b / c"
      })
  void a_slash_after_an_operand_divides(String text) {
    assertThat(tokens(text)).noneMatch(t -> t.startsWith("REGEX ")).contains("PUNCTUATOR /");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'open",
        "\"open\nx",
        "`open",
        "`a${",
        "/*",
        "/re",
        "x = /[a",
        "}",
        ")",
        "\\",
        "\"\\",
        "#!sh"
      })
  void broken_text_ends_and_throws_nothing(String text) {
    assertThat(tokens(text)).hasSizeLessThan(10);
  }

  @Test
  void numbers_with_signs_in_their_exponents_are_one_token() {
    assertThat(tokens("1e+9+0xE+.5"))
        .containsExactly("NUMBER 1e+9", "PUNCTUATOR +", "NUMBER 0xE", "PUNCTUATOR +", "NUMBER .5");
  }

  private static List<String> tokens(String text) {
    List<String> all = new ArrayList<>();
    JavaScriptTokens tokens = new JavaScriptTokens(text);
    while (tokens.next()) all.add(tokens.kind() + " " + tokens.token());
    return all;
  }
}
