package org.tagwarden.collector.changes.text;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Walks over the tokens of a JavaScript text, comments left out. Made for comparing, not for
 * running: it never fails, whatever the text, and what it cannot make sense of is a punctuator of
 * one character. The one hard question, whether a slash divides or begins a regular expression, is
 * answered by what stands before it.
 */
public final class JavaScriptTokens {
  /** What a token is. */
  public enum Kind {
    /** A name or keyword. */
    WORD,
    NUMBER,
    /** With its quotes. */
    STRING,
    /** A piece of a template without the marks around it. */
    TEMPLATE,
    /** With slashes and flags. */
    REGEX,
    PUNCTUATOR
  }

  /** Longest first where one begins with another. */
  private static final String[] PUNCTUATORS = {
    ">>>=", "...", "===", "!==", "**=", "<<=", ">>=", ">>>", "&&=", "||=", "??=", "=>", "==", "!=",
    "<=", ">=", "&&", "||", "??", "?.", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=",
    "**", "<<", ">>"
  };

  /** After these words comes an operand, so that a slash begins a regular expression. */
  private static final Set<String> BEFORE_OPERAND =
      Set.of(
          "return",
          "typeof",
          "instanceof",
          "in",
          "of",
          "new",
          "delete",
          "void",
          "throw",
          "case",
          "do",
          "else",
          "yield",
          "await");

  private static final Set<String> WITH_CONDITION = Set.of("if", "while", "for", "with");

  /** What an open bracket is, so that its end can be understood. */
  private enum Open {
    BLOCK,
    OBJECT,
    CONDITION,
    PAREN,
    SUBSTITUTION
  }

  private final String text;
  private final Deque<Open> open = new ArrayDeque<>();
  private int at;
  private Kind kind = Kind.PUNCTUATOR;
  private int start;
  private int end;
  private boolean operandNext = true;
  private String before = "";

  public JavaScriptTokens(String text) {
    this.text = text;
    if (text.startsWith("#!")) at = lineEnd(0);
  }

  public Kind kind() {
    return kind;
  }

  /** The token as it stands in the text. */
  public String token() {
    return text.substring(start, end);
  }

  /** Goes to the next token; false when there is none. */
  public boolean next() {
    skipBlanks();
    if (at >= text.length()) return false;
    start = at;
    char c = text.charAt(at);
    if (c == '`') {
      template();
    } else if (c == '"' || c == '\'') {
      string(c);
    } else if (isDigit(c) || (c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1)))) {
      number();
    } else if (isWordPart(c)) {
      word();
    } else if (c == '/' && operandNext) {
      regex();
    } else if (c == '}' && open.peek() == Open.SUBSTITUTION) {
      open.pop();
      template();
    } else {
      punctuator();
    }
    return true;
  }

  private void skipBlanks() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c) || c == '\uFEFF' || c == '\u00A0') at++;
      else if (text.startsWith("//", at) || text.startsWith("<!--", at)) at = lineEnd(at);
      else if (text.startsWith("/*", at)) {
        int end = text.indexOf("*/", at + 2);
        at = end < 0 ? text.length() : end + 2;
      } else return;
    }
  }

  private int lineEnd(int from) {
    int end = from;
    while (end < text.length() && !isLineEnd(text.charAt(end))) end++;
    return end;
  }

  /** From a back-tick, or from the end of a substitution, to the next of either. */
  private void template() {
    at++;
    start = at;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '`') {
        took(Kind.TEMPLATE, false);
        at++;
        return;
      }
      if (c == '$' && at + 1 < text.length() && text.charAt(at + 1) == '{') {
        took(Kind.TEMPLATE, true);
        open.push(Open.SUBSTITUTION);
        at += 2;
        return;
      }
      at = Math.min(at + (c == '\\' ? 2 : 1), text.length());
    }
    took(Kind.TEMPLATE, false);
  }

  /** A string that its line does not end stops there. */
  private void string(char quote) {
    at++;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\n' || c == '\r') break;
      at = Math.min(at + (c == '\\' ? 2 : 1), text.length());
      if (c == quote) break;
    }
    took(Kind.STRING, false);
  }

  private void number() {
    boolean hex = text.startsWith("0x", at) || text.startsWith("0X", at);
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean sign = (c == '+' || c == '-') && !hex && "eE".indexOf(text.charAt(at - 1)) >= 0;
      if (!sign && c != '.' && !isWordPart(c)) break;
      at++;
    }
    took(Kind.NUMBER, false);
  }

  private void word() {
    while (at < text.length() && isWordPart(text.charAt(at))) at++;
    String word = text.substring(start, at);
    boolean property = before.equals(".") || before.equals("?.");
    took(Kind.WORD, !property && BEFORE_OPERAND.contains(word));
    if (property) before = ""; // a property named "if" is no keyword
  }

  private void regex() {
    boolean inClass = false;
    at++;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (isLineEnd(c)) break;
      at = Math.min(at + (c == '\\' ? 2 : 1), text.length());
      if (c == '[') inClass = true;
      else if (c == ']') inClass = false;
      else if (c == '/' && !inClass) break;
    }
    while (at < text.length() && isWordPart(text.charAt(at))) at++;
    took(Kind.REGEX, false);
  }

  private void punctuator() {
    char c = text.charAt(at);
    switch (c) {
      case '(' -> {
        open.push(WITH_CONDITION.contains(before) ? Open.CONDITION : Open.PAREN);
        single(true);
      }
      case '{' -> {
        open.push(opensObject() ? Open.OBJECT : Open.BLOCK);
        single(true);
      }
      case ')' -> single(open.poll() == Open.CONDITION);
      case '}' -> single(open.poll() == Open.BLOCK);
      case ']' -> single(false);
      default -> {
        String longest = longestAt();
        at += longest.length();
        boolean counts = longest.equals("++") || longest.equals("--");
        took(Kind.PUNCTUATOR, counts ? operandNext : true);
      }
    }
  }

  private void single(boolean operandFollows) {
    at++;
    took(Kind.PUNCTUATOR, operandFollows);
  }

  private String longestAt() {
    for (String one : PUNCTUATORS) if (text.startsWith(one, at)) return one;
    return text.substring(at, at + 1);
  }

  /** A brace where an operand is due is an object, unless a statement begins there. */
  private boolean opensObject() {
    if (!operandNext) return false;
    return switch (before) {
      case "", ";", "{", "}", ")", "=>", "else", "do" -> false;
      default -> true;
    };
  }

  private void took(Kind what, boolean operandFollows) {
    kind = what;
    end = at;
    operandNext = operandFollows;
    before = what == Kind.WORD || what == Kind.PUNCTUATOR ? text.substring(start, end) : "x";
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isWordPart(char c) {
    return Character.isJavaIdentifierPart(c) || c == '#' || c == '\\' || c == '@';
  }
}
