package org.tagwarden.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.JourneyStep.Action;

/** Reads one step of a journey. */
final class StepReader {
  private static final Map<String, Action> WORDS =
      Map.ofEntries(
          Map.entry("open", Action.OPEN),
          Map.entry("go to", Action.OPEN),
          Map.entry("click", Action.CLICK),
          Map.entry("tap", Action.CLICK),
          Map.entry("type", Action.TYPE),
          Map.entry("select", Action.SELECT),
          Map.entry("wait for", Action.WAIT_FOR),
          Map.entry("scroll", Action.SCROLL),
          Map.entry("press", Action.PRESS),
          Map.entry("assert", Action.ASSERT),
          Map.entry("mark as payment page", Action.MARK_PAYMENT_PAGE));
  private static final String ALL_WORDS =
      "open, click, type, select, wait for, scroll, press, assert or mark as payment page";
  private static final String TIMEOUT = "timeout";
  private static final Pattern SECONDS =
      Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(?:s|seconds?)?", Pattern.CASE_INSENSITIVE);
  private static final long LONGEST_TIMEOUT_MS = 120_000;

  /** What is wrong with a step: a sentence without the step's number. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  private StepReader() {}

  static JourneyStep read(JsonNode node) {
    if (node.isTextual()) return bare(node.asText());
    if (!node.isObject() || node.isEmpty())
      throw new Refused("a step is a word and what it is done to, as in click: button \"Buy\".");
    String word = null;
    Long timeout = null;
    for (var fields = node.fieldNames(); fields.hasNext(); ) {
      String field = fields.next();
      if (field.equalsIgnoreCase(TIMEOUT)) timeout = timeout(node.get(field));
      else if (word == null) word = field;
      else
        throw new Refused(
            "\"" + word + "\" and \"" + field + "\" are two steps: begin each with a dash.");
    }
    if (word == null) throw new Refused("a timeout alone is no step: add what to do.");
    return step(action(word), node.get(word), timeout);
  }

  private static JourneyStep bare(String text) {
    if (key(text).equals("mark as payment page")) return plain(Action.MARK_PAYMENT_PAGE, null);
    Action action = WORDS.get(key(text));
    if (action != null) throw new Refused(missing(action));
    throw new Refused(
        "\"" + text + "\" is no step: write " + ALL_WORDS + ", and a colon after the word.");
  }

  private static Action action(String word) {
    Action action = WORDS.get(key(word));
    if (action != null) return action;
    throw new Refused("\"" + word + "\" is no step that is known: write " + ALL_WORDS + ".");
  }

  private static JourneyStep step(Action action, JsonNode value, @Nullable Long timeout) {
    if (value.isNull() && action != Action.MARK_PAYMENT_PAGE) throw new Refused(missing(action));
    return switch (action) {
      case OPEN -> new JourneyStep(action, null, address(value), timeout);
      case CLICK, WAIT_FOR, ASSERT ->
          new JourneyStep(action, SelectorReader.read(value), null, timeout);
      case TYPE -> typed(value, timeout);
      case SELECT -> selected(value, timeout);
      case SCROLL -> scrolled(value, timeout);
      case PRESS -> new JourneyStep(action, null, pressed(value), timeout);
      case MARK_PAYMENT_PAGE -> plain(action, timeout);
    };
  }

  private static JourneyStep plain(Action action, @Nullable Long timeout) {
    return new JourneyStep(action, null, null, timeout);
  }

  private static String address(JsonNode value) {
    String url = value.asText("").strip();
    if (!url.startsWith("https://") && !url.startsWith("http://"))
      throw new Refused(
          "\""
              + url
              + "\" is no address to open: write it whole, as in https://shop.example/cart.");
    return url;
  }

  private static JourneyStep typed(JsonNode value, @Nullable Long timeout) {
    fields(value, Action.TYPE, List.of("into", "text"));
    return new JourneyStep(
        Action.TYPE, SelectorReader.read(value.get("into")), text(value, "text"), timeout);
  }

  private static JourneyStep selected(JsonNode value, @Nullable Long timeout) {
    fields(value, Action.SELECT, List.of("in", "option"));
    return new JourneyStep(
        Action.SELECT, SelectorReader.read(value.get("in")), text(value, "option"), timeout);
  }

  private static void fields(JsonNode value, Action action, List<String> names) {
    if (!value.isObject()) throw new Refused(missing(action));
    TreeSet<String> rest = new TreeSet<>();
    value.fieldNames().forEachRemaining(rest::add);
    for (String name : names) if (!rest.remove(name)) throw new Refused(missing(action));
    if (!rest.isEmpty())
      throw new Refused("\"" + rest.first() + "\" is not known here. " + missing(action));
  }

  /** Texts must be texts: YAML would take zeros off a number and turn a no into false. */
  private static String text(JsonNode value, String field) {
    JsonNode node = value.path(field);
    if (node.isTextual()) return node.asText();
    throw new Refused(
        field
            + " must be a text: put it in quotes, as in "
            + field
            + ": \""
            + (node.isValueNode() ? node.asText() : "...")
            + "\".");
  }

  private static JourneyStep scrolled(JsonNode value, @Nullable Long timeout) {
    String words = value.isTextual() ? key(value.asText()) : "";
    boolean end = words.equals("to the end") || words.equals("to the bottom");
    if (end) return plain(Action.SCROLL, timeout);
    JsonNode to =
        value.isObject() && value.size() == 1 ? value.path("to") : MissingNode.getInstance();
    return new JourneyStep(
        Action.SCROLL, SelectorReader.read(to.isMissingNode() ? value : to), null, timeout);
  }

  private static String pressed(JsonNode value) {
    String key = PressedKey.named(value.asText(""));
    if (key != null) return key;
    throw new Refused(
        "\""
            + value.asText("")
            + "\" is no key that can be pressed: write "
            + PressedKey.ALL
            + ", or type a text instead.");
  }

  private static long timeout(JsonNode value) {
    Matcher seconds = SECONDS.matcher(value.asText("").strip());
    long millis = seconds.matches() ? (long) (Double.parseDouble(seconds.group(1)) * 1000) : 0;
    if (millis > 0 && millis <= LONGEST_TIMEOUT_MS) return millis;
    throw new Refused(
        "the timeout \""
            + value.asText("")
            + "\" is none: write seconds, from 1 to "
            + LONGEST_TIMEOUT_MS / 1000
            + ", as in timeout: 20 s.");
  }

  /** What a step of this kind looks like. */
  private static String missing(Action action) {
    return switch (action) {
      case OPEN -> "open needs an address, as in open: https://shop.example/.";
      case CLICK -> "click needs an element, as in click: button \"Add to cart\".";
      case TYPE ->
          "type needs a field and a text, as in type: { into: { label: E-mail }, text: \"a@b.example\""
              + " }.";
      case SELECT ->
          "select needs a field and an option, as in select: { in: { label: Country }, option: Norway"
              + " }.";
      case WAIT_FOR -> "wait for needs an element or a text, as in wait for: { text: Thank you }.";
      case SCROLL -> "scroll needs a place, as in scroll: to the end.";
      case PRESS -> "press needs a key, as in press: Enter.";
      case ASSERT -> "assert needs an element or a text, as in assert: { text: Total }.";
      case MARK_PAYMENT_PAGE -> "write mark as payment page and nothing after it.";
    };
  }

  private static String key(String word) {
    return word.strip().toLowerCase(Locale.ROOT).replace('_', ' ').replaceAll("\\s+", " ");
  }
}
