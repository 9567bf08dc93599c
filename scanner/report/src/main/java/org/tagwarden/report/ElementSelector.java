package org.tagwarden.report;

import org.jspecify.annotations.Nullable;

/**
 * Which element is meant, as people see it (its role and name, its text) or as CSS finds it.
 *
 * @param by how {@code value} is read
 * @param value the role ("button", "link", "textbox", ...), the visible text, the field's label, or
 *     the CSS selector
 * @param name with a role: the accessible name, compared without case; null for any
 * @param nth which of several, from 1
 */
public record ElementSelector(By by, String value, @Nullable String name, int nth) {
  /** How an element is found. */
  public enum By {
    /** By its ARIA role, explicit or implied. */
    ROLE,
    /** By its visible text. */
    TEXT,
    /** By its label: a form field. */
    LABEL,
    /** By a CSS selector; looks into open shadow roots, too. */
    CSS
  }

  public ElementSelector {
    Require.present(by, "selector.by");
    Require.notBlank(value, "selector.value");
    nth = nth == 0 ? 1 : nth;
    Require.that(nth > 0, "selector.nth", "must be at least 1");
  }

  /** For people, as in {@code the button "Add to cart"} or {@code the 2nd field "E-mail"}. */
  public String words() {
    String which = nth == 1 ? "the " : "the " + ordinal() + " ";
    return which
        + switch (by) {
          case ROLE -> name == null ? value : value + " \"" + name + "\"";
          case TEXT -> "text \"" + value + "\"";
          case LABEL -> "field \"" + value + "\"";
          case CSS -> "element " + value;
        };
  }

  private String ordinal() {
    int tens = nth % 100;
    if (tens >= 11 && tens <= 13) return nth + "th";
    return nth
        + switch (nth % 10) {
          case 1 -> "st";
          case 2 -> "nd";
          case 3 -> "rd";
          default -> "th";
        };
  }
}
