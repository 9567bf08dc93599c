package org.tagwarden.dashboard;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The forms of our own pages, as a browser would send them untouched. */
final class Forms {
  private static final Pattern FORM =
      Pattern.compile("<form[^>]* action=\"([^\"]*)\".*?</form>", Pattern.DOTALL);
  private static final Pattern FIELD =
      Pattern.compile(
          "<input ([^>]*)>|<select [^>]*name=\"([^\"]+)\"[^>]*>(.*?)</select>"
              + "|<textarea [^>]*name=\"([^\"]+)\"[^>]*>(.*?)</textarea>",
          Pattern.DOTALL);
  private static final Pattern OPTION =
      Pattern.compile("<option value=\"([^\"]*)\"( selected[^>]*)?>");

  private Forms() {}

  /** The fields of the page's form with this action, and what is in them. */
  static Map<String, String> fields(String page, String action) {
    Matcher form = FORM.matcher(page);
    while (form.find()) if (form.group(1).equals(action)) return fields(form.group());
    throw new AssertionError("No form goes to " + action + " on this page:\n" + page);
  }

  private static Map<String, String> fields(String form) {
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher field = FIELD.matcher(form);
    while (field.find()) {
      if (field.group(1) != null) input(field.group(1), fields);
      else if (field.group(2) != null) fields.put(field.group(2), chosen(field.group(3)));
      else fields.put(field.group(4), text(field.group(5)));
    }
    return fields;
  }

  private static void input(String attributes, Map<String, String> fields) {
    String name = attribute(attributes, "name");
    boolean ticked = attributes.contains("checkbox") || attributes.contains("radio");
    if (name.isEmpty() || (ticked && !attributes.matches("(?s).*\\bchecked\\b.*"))) return;
    fields.put(name, text(attribute(attributes, "value")));
  }

  private static String attribute(String attributes, String name) {
    Matcher found = Pattern.compile("\\b" + name + "=\"([^\"]*)\"").matcher(attributes);
    return found.find() ? found.group(1) : "";
  }

  private static String chosen(String options) {
    String first = null;
    Matcher option = OPTION.matcher(options);
    while (option.find()) {
      if (option.group(2) != null) return text(option.group(1));
      if (first == null) first = text(option.group(1));
    }
    return first == null ? "" : first;
  }

  private static String text(String html) {
    return html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }
}
