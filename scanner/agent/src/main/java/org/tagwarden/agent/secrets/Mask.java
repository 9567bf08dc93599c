package org.tagwarden.agent.secrets;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One secret in every form in which it may show up, the longest first. */
final class Mask {
  private final String replacement;
  private final List<String> forms;

  Mask(String name, String value) {
    // May stand in a URL and in JSON.
    replacement = "(secret:" + name + ")";
    String form = URLEncoder.encode(value, StandardCharsets.UTF_8);
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    Set<String> all = new LinkedHashSet<>();
    all.add(value);
    all.add(form);
    all.add(form.replace("+", "%20"));
    all.add(asByScripts(form));
    all.add(inJson(value));
    all.add(Base64.getEncoder().encodeToString(bytes));
    all.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
    all.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    forms = all.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  String over(String text) {
    String clean = text;
    for (String form : forms) clean = clean.replace(form, replacement);
    return clean;
  }

  boolean covers(String text) {
    return forms.stream().anyMatch(text::contains);
  }

  /** {@code encodeURIComponent} leaves some signs that forms encode. */
  private static String asByScripts(String form) {
    return form.replace("+", "%20")
        .replace("%21", "!")
        .replace("%27", "'")
        .replace("%28", "(")
        .replace("%29", ")")
        .replace("%7E", "~");
  }

  /** As it stands inside of a JSON string. */
  private static String inJson(String value) {
    StringBuilder json = new StringBuilder();
    for (char c : value.toCharArray()) {
      switch (c) {
        case '"', '\\' -> json.append('\\').append(c);
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> json.append(c);
      }
    }
    return json.toString();
  }
}
