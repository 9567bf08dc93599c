package org.tagwarden.collector.changes.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Gathers a script's tokens without what is volatile in them. Objects and lists of nothing but
 * literals are configuration when they are large: one that holds other data is the same script.
 */
final class NormalForm {
  /** From so many values on, an object of literals is configuration. */
  private static final int BLOB_VALUES = 4;

  /** Likewise by its length in characters. */
  private static final int BLOB_LENGTH = 80;

  private static final Set<String> LITERAL_WORDS =
      Set.of("true", "false", "null", "undefined", "void", "NaN", "Infinity");

  /** An open bracket. */
  private static final class Frame {
    private final int start;
    private boolean pure;
    private boolean nameWaits;
    private int values;

    Frame(int start, boolean pure) {
      this.start = start;
      this.pure = pure;
    }
  }

  private final boolean skeleton;
  private final List<String> form = new ArrayList<>();
  private final Deque<Frame> open = new ArrayDeque<>();
  private String name = "";
  private boolean named;

  /**
   * @param skeleton whether strings lose what is in them
   */
  NormalForm(boolean skeleton) {
    this.skeleton = skeleton;
  }

  void add(JavaScriptTokens.Kind kind, String token) {
    switch (kind) {
      case STRING, TEMPLATE -> literal(kind, token);
      case NUMBER -> {
        value();
        form.add(named && isVolatileName() ? "0" : VolatileText.number(token));
        named = false;
      }
      case REGEX -> {
        impure();
        form.add(token);
        named = false;
      }
      case WORD -> word(token);
      case PUNCTUATOR -> punctuator(token);
    }
  }

  private void literal(JavaScriptTokens.Kind kind, String token) {
    String inside = Literals.inside(kind, token);
    value();
    if (named && isVolatileName()) form.add("\"*\"");
    else if (isJson(inside)) form.add("\"{}\"");
    else if (skeleton)
      form.add(NamedHosts.looksLikeUrl(inside) ? quoted(withoutQuery(inside)) : "\"\"");
    else form.add(quoted(VolatileText.starred(inside)));
    name = inside;
    named = false;
  }

  private void word(String token) {
    Frame frame = open.peek();
    if (frame != null && LITERAL_WORDS.contains(token)) {
      if (!token.equals("void")) frame.values++;
    } else if (frame != null) {
      if (frame.nameWaits) frame.pure = false; // two names in a row
      frame.nameWaits = true;
    }
    form.add(token);
    name = token;
    named = false;
  }

  private void punctuator(String token) {
    Frame frame = open.peek();
    boolean nameBefore = frame != null && frame.nameWaits;
    if (frame != null) frame.nameWaits = false;
    if (nameBefore && !token.equals(":")) frame.pure = false;
    switch (token) {
      case "{", "[" -> {
        open.push(new Frame(form.size(), true));
        form.add(token);
      }
      case "(" -> {
        open.push(new Frame(form.size(), false));
        form.add(token);
      }
      case "}", "]", ")" -> close(token);
      case ",", "-", "!" -> form.add(token);
      case ":" -> {
        if (frame != null && !nameBefore) frame.values--; // a name in quotes is no value
        form.add(token);
      }
      case ";" -> impure(); // a line's end says the same
      default -> {
        impure();
        form.add(token);
      }
    }
    named = token.equals(":") || token.equals("=");
  }

  private void close(String token) {
    Frame frame = open.poll();
    dropLast(",");
    form.add(token);
    if (frame == null) return;
    Frame outer = open.peek();
    if (!frame.pure) {
      if (outer != null) outer.pure = false;
      return;
    }
    if (outer != null) outer.values += frame.values;
    if (frame.values >= BLOB_VALUES || length(frame.start) > BLOB_LENGTH) {
      form.subList(frame.start, form.size()).clear();
      form.add("{}");
    }
  }

  private void dropLast(String token) {
    if (!form.isEmpty() && form.get(form.size() - 1).equals(token)) form.remove(form.size() - 1);
  }

  private int length(int from) {
    int length = 0;
    for (int i = from; i < form.size(); i++) length += form.get(i).length();
    return length;
  }

  private void value() {
    Frame frame = open.peek();
    if (frame == null) return;
    if (frame.nameWaits) frame.pure = false;
    frame.nameWaits = false;
    frame.values++;
  }

  private void impure() {
    if (open.peek() != null) open.peek().pure = false;
  }

  private boolean isVolatileName() {
    return VolatileText.named(name);
  }

  private static boolean isJson(String inside) {
    if (inside.length() < 2) return false;
    char first = inside.charAt(0);
    char last = inside.charAt(inside.length() - 1);
    return ((first == '{' && last == '}') || (first == '[' && last == ']'))
        && inside.indexOf('"') > 0;
  }

  private static String withoutQuery(String url) {
    int question = url.indexOf('?');
    return VolatileText.starred(question < 0 ? url : url.substring(0, question));
  }

  private static String quoted(String inside) {
    return '"' + inside + '"';
  }

  /** To be asked once, at the end. */
  String fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String token : form) {
        digest.update(token.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
