package org.tagwarden.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.ElementSelector.By;

/**
 * Reads which element is meant: {@code button "Add to cart"}, {@code field "E-mail"}, {@code
 * "Checkout"}, or a map with role and name, text, label or css, and nth.
 */
final class SelectorReader {
  private static final Pattern WORDS =
      Pattern.compile("(?:the )?([A-Za-z]+)?\\s*(?:\"([^\"]+)\"|'([^']+)')");
  private static final Set<String> ROLES =
      Set.of(
          "alert",
          "article",
          "banner",
          "button",
          "cell",
          "checkbox",
          "columnheader",
          "combobox",
          "complementary",
          "contentinfo",
          "dialog",
          "document",
          "feed",
          "figure",
          "form",
          "grid",
          "gridcell",
          "group",
          "heading",
          "img",
          "link",
          "list",
          "listbox",
          "listitem",
          "main",
          "menu",
          "menubar",
          "menuitem",
          "menuitemcheckbox",
          "menuitemradio",
          "navigation",
          "option",
          "progressbar",
          "radio",
          "radiogroup",
          "region",
          "row",
          "rowheader",
          "search",
          "searchbox",
          "slider",
          "spinbutton",
          "status",
          "switch",
          "tab",
          "table",
          "tablist",
          "tabpanel",
          "textbox",
          "toolbar",
          "tooltip",
          "tree",
          "treeitem");
  private static final String FORMS =
      "an element is a role and its name in quotes, as in button \"Add to cart\", or one of"
          + " { role: button, name: Add to cart }, { text: Checkout }, { label: E-mail },"
          + " { css: \"#pay\" }";

  private SelectorReader() {}

  static ElementSelector read(JsonNode node) {
    if (node.isTextual()) return inWords(node.asText().strip());
    if (!node.isObject() || node.isEmpty()) throw new StepReader.Refused(FORMS + ".");
    for (var fields = node.fieldNames(); fields.hasNext(); ) {
      String field = fields.next();
      if (!Set.of("role", "name", "text", "label", "css", "nth").contains(field))
        throw new StepReader.Refused("\"" + field + "\" is not known here: " + FORMS + ".");
    }
    int nth = nth(node);
    String name = value(node, "name");
    String role = value(node, "role");
    if (name != null && role == null)
      throw new StepReader.Refused(
          "a name needs a role, as in { role: button, name: " + name + " }.");
    ElementSelector found = null;
    for (By by : By.values()) {
      String value = value(node, by.name().toLowerCase(Locale.ROOT));
      if (value == null) continue;
      if (found != null)
        throw new StepReader.Refused(
            "an element is found in one way: by role, text, label or css, not by two.");
      found = new ElementSelector(by, by == By.ROLE ? role(value) : value, name, nth);
    }
    if (found == null) throw new StepReader.Refused(FORMS + ".");
    return found;
  }

  private static ElementSelector inWords(String text) {
    Matcher words = WORDS.matcher(text);
    if (words.matches()) {
      String word = words.group(1) == null ? "text" : words.group(1).toLowerCase(Locale.ROOT);
      String name = words.group(2) == null ? words.group(3) : words.group(2);
      return switch (word) {
        case "text" -> new ElementSelector(By.TEXT, name, null, 1);
        case "field", "label" -> new ElementSelector(By.LABEL, name, null, 1);
        case "css" -> new ElementSelector(By.CSS, name, null, 1);
        default -> new ElementSelector(By.ROLE, role(word), name, 1);
      };
    }
    if (ROLES.contains(text.toLowerCase(Locale.ROOT)))
      return new ElementSelector(By.ROLE, text.toLowerCase(Locale.ROOT), null, 1);
    throw new StepReader.Refused(
        "\"" + text + "\" does not say how to find the element: " + FORMS + ".");
  }

  /** The words of people for some roles, and the roles of ARIA. */
  private static String role(String word) {
    String role =
        switch (word.strip().toLowerCase(Locale.ROOT)) {
          case "image" -> "img";
          case "input", "textarea", "textfield" -> "textbox";
          case "dropdown", "select" -> "combobox";
          case "title", "headline" -> "heading";
          default -> word.strip().toLowerCase(Locale.ROOT);
        };
    if (ROLES.contains(role)) return role;
    throw new StepReader.Refused(
        "\""
            + word
            + "\" is no role of an element: write button, link, textbox, checkbox, combobox, heading"
            + " or another role of ARIA, or find it by { text: ... }, { label: ... } or { css: ... }.");
  }

  private static @Nullable String value(JsonNode node, String field) {
    JsonNode value = node.get(field);
    if (value == null) return null;
    String text = value.isValueNode() && !value.isNull() ? value.asText().strip() : "";
    if (text.isEmpty()) throw new StepReader.Refused(field + " is empty: " + FORMS + ".");
    return text;
  }

  private static int nth(JsonNode node) {
    JsonNode nth = node.get("nth");
    if (nth == null) return 1;
    if (nth.isInt() && nth.asInt() > 0) return nth.asInt();
    throw new StepReader.Refused(
        "nth counts the elements that match, from 1: write nth: 2 for the second.");
  }
}
