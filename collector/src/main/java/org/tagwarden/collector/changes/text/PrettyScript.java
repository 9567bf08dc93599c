package org.tagwarden.collector.changes.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * A script as people can read it, and as a diff can compare it: one statement a line, indented,
 * without comments. The same text always gives the same lines.
 */
public final class PrettyScript {
  private static final int LONGEST_LINE = 100;
  private static final Set<String> SPACED =
      Set.of(
          "=", "==", "===", "!=", "!==", "=>", "&&", "||", "??", "?", "+", "-", "*", "/", "%", "<",
          ">", "<=", ">=", "+=", "-=", "*=", "/=", "|=", "&=", "^=", "%=", "**", "<<", ">>", ">>>",
          "|", "&", "^");
  private static final Set<String> UNARY_AFTER =
      Set.of("(", ",", "=", "return", "[", "?", ":", "&&", "||", "!", "{", ";", "");

  private final List<String> lines = new ArrayList<>();
  private final StringBuilder line = new StringBuilder();
  private final Deque<Character> open = new ArrayDeque<>();
  private int indent;
  private String before = "";
  private boolean wordBefore;

  private PrettyScript() {}

  /** The lines of a script. */
  public static List<String> lines(String body) {
    PrettyScript pretty = new PrettyScript();
    JavaScriptTokens tokens = new JavaScriptTokens(body);
    while (tokens.next()) pretty.add(tokens.kind(), tokens.token());
    pretty.end();
    return List.copyOf(pretty.lines);
  }

  private void add(JavaScriptTokens.Kind kind, String token) {
    if (kind == JavaScriptTokens.Kind.PUNCTUATOR) {
      punctuator(token);
    } else {
      String text = kind == JavaScriptTokens.Kind.TEMPLATE ? "`" + token + "`" : token;
      if (before.equals("}") && line.isEmpty() && token.matches("else|catch|finally|while")) {
        line.append(lines.remove(lines.size() - 1).strip()).append(' ');
      }
      if (wordBefore || before.equals(")")) space();
      // A text with line ends of its own must not break the line.
      line.append(text.replace("\n", "\\n").replace("\r", ""));
      wordBefore = true;
    }
    before = token;
    if (line.length() > LONGEST_LINE && (token.equals(",") || token.equals("&&"))) end();
  }

  private void punctuator(String token) {
    wordBefore = false;
    switch (token) {
      case "{" -> {
        if (!line.isEmpty() && !before.equals("(") && !before.equals("[")) space();
        line.append('{');
        open.push('{');
        end();
        indent++;
      }
      case "}" -> {
        end();
        if (!open.isEmpty()) open.pop();
        indent = Math.max(0, indent - 1);
        line.append('}');
        if (open.isEmpty() || open.peek() == '{') end();
      }
      case "(", "[" -> {
        if (token.equals("(") && isKeyword(before)) space();
        line.append(token);
        open.push(token.charAt(0));
      }
      case ")", "]" -> {
        if (!open.isEmpty()) open.pop();
        line.append(token);
      }
      case ";" -> {
        after(token);
        if (open.isEmpty() || open.peek() == '{') end();
        else space();
      }
      case "," -> {
        after(token);
        if (!open.isEmpty() && open.peek() == '{') end();
        else space();
      }
      case ":" -> line.append(": ");
      default -> operator(token);
    }
  }

  private void operator(String token) {
    boolean unary = (token.equals("-") || token.equals("+")) && UNARY_AFTER.contains(before);
    if (SPACED.contains(token) && !unary) {
      space();
      line.append(token).append(' ');
    } else {
      line.append(token);
    }
  }

  /** A comma or semicolon that follows a closing brace stands behind it. */
  private void after(String token) {
    if (line.isEmpty() && before.equals("}") && !lines.isEmpty()) {
      line.append(lines.remove(lines.size() - 1).strip());
    }
    line.append(token);
  }

  private static boolean isKeyword(String word) {
    return Set.of("if", "for", "while", "switch", "catch", "with", "return").contains(word);
  }

  private void space() {
    if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') line.append(' ');
  }

  private void end() {
    String text = line.toString().strip();
    if (!text.isEmpty()) lines.add("  ".repeat(Math.min(indent, 20)) + text);
    line.setLength(0);
    wordBefore = false;
  }
}
