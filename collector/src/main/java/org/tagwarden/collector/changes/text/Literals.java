package org.tagwarden.collector.changes.text;

/** Between a literal as it stands in a script and what it means. */
final class Literals {
  private Literals() {}

  /** A string without its quotes; escapes that hide ordinary characters are resolved. */
  static String inside(JavaScriptTokens.Kind kind, String token) {
    String text = token;
    if (kind == JavaScriptTokens.Kind.STRING && !token.isEmpty()) {
      char quote = token.charAt(0);
      boolean ended = token.length() > 1 && token.charAt(token.length() - 1) == quote;
      text = token.substring(1, ended ? token.length() - 1 : token.length());
    }
    return text.indexOf('\\') < 0 ? text : unescaped(text);
  }

  private static String unescaped(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\' || i + 1 == text.length()) {
        plain.append(c);
        continue;
      }
      char next = text.charAt(++i);
      int digits = next == 'x' ? 2 : next == 'u' ? 4 : 0;
      int code = digits == 0 ? -1 : hex(text, i + 1, digits);
      if (code >= 0) {
        plain.append((char) code);
        i += digits;
      } else {
        plain.append(next == 'n' || next == 'r' || next == 't' ? ' ' : next);
      }
    }
    return plain.toString();
  }

  private static int hex(String text, int from, int digits) {
    if (from + digits > text.length()) return -1;
    int code = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0) return -1;
      code = code * 16 + digit;
    }
    return code;
  }
}
