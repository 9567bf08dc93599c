package org.tagwarden.agent.consent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.observe.LivePage;
import org.tagwarden.report.ConsentState;

/** The content script and the rules of autoconsent, as they are on the class path. */
final class Autoconsent {
  /** Where it runs: a world of its own in each frame, which the page's scripts cannot reach. */
  static final String WORLD = "tagwarden-consent";

  /** What it calls to speak to us; only its own world has it. */
  static final String BINDING = "tagwardenConsent";

  static final JsonMapper JSON = JsonMapper.builder().build();

  /** The script hands over objects, a binding takes text; the time is that of the speaker. */
  private static final String BRIDGE =
      "globalThis.autoconsentSendMessage = message => { "
          + BINDING
          + "(JSON.stringify({ at: Date.now(), message })); return Promise.resolve(); };\n";

  /**
   * A rule, and where it applies.
   *
   * @param url null for any page
   */
  private record Rule(JsonNode json, @Nullable Pattern url, boolean main, boolean frame) {}

  private final String script;
  private final List<Rule> rules;

  private Autoconsent() {
    script = BRIDGE + text("dist/autoconsent.playwright.js") + "\n//# sourceURL=" + LivePage.PROBE;
    rules = new ArrayList<>();
    try {
      for (JsonNode rule : JSON.readTree(text("rules/rules.json")).path("autoconsent"))
        rules.add(rule(rule));
    } catch (IOException e) {
      throw new UncheckedIOException("The consent rules cannot be read", e);
    }
  }

  /** Read on first use: most scans make no choice. */
  private static final class Holder {
    static final Autoconsent LOADED = new Autoconsent();
  }

  static Autoconsent loaded() {
    return Holder.LOADED;
  }

  /** What is evaluated in the world of a frame. */
  String script() {
    return script;
  }

  /** The answer to a content script that asks what to do. */
  ObjectNode instructions(ConsentState choice, String url, boolean mainFrame) {
    ObjectNode answer = JSON.createObjectNode().put("type", "initResp");
    answer
        .putObject("config")
        .put("enabled", true)
        .put("autoAction", choice == ConsentState.ACCEPT ? "optIn" : "optOut")
        .put("enablePrehide", false)
        // These hide a banner and leave it unanswered.
        .put("enableCosmeticRules", false)
        .put("enableGeneratedRules", true)
        .put("detectRetries", 2)
        .put("isMainWorld", false)
        .put("enableHeuristicDetection", false)
        .put("heuristicMode", choice == ConsentState.REJECT ? "reject" : "off")
        .putObject("logs")
        .put("errors", false);
    ArrayNode chosen = answer.putObject("rules").putArray("autoconsent");
    String steps = choice == ConsentState.ACCEPT ? "optIn" : "optOut";
    for (Rule rule : rules) {
      boolean here = mainFrame ? rule.main : rule.frame;
      boolean answers = !rule.json.path(steps).isEmpty();
      if (here && answers && (rule.url == null || rule.url.matcher(url).find()))
        chosen.add(rule.json);
    }
    return answer;
  }

  /** What a content script is told when the choice has been made. */
  static ObjectNode nothingToDo() {
    ObjectNode answer = JSON.createObjectNode().put("type", "initResp");
    answer.putObject("config").put("enabled", false);
    answer.putObject("rules").putArray("autoconsent");
    return answer;
  }

  private static Rule rule(JsonNode json) {
    JsonNode context = json.path("runContext");
    return new Rule(
        json,
        pattern(context.path("urlPattern").asText("")),
        context.path("main").asBoolean(true),
        context.path("frame").asBoolean(false));
  }

  /** One that Java reads differently is left to the script, which checks it again. */
  private static @Nullable Pattern pattern(String text) {
    try {
      return text.isEmpty() ? null : Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      return null;
    }
  }

  private static String text(String name) {
    try (InputStream in = Autoconsent.class.getResourceAsStream("autoconsent/" + name)) {
      if (in == null)
        throw new IllegalStateException(
            "The consent rules are not on the class path (" + name + "): build with Maven");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The consent rules cannot be read: " + name, e);
    }
  }
}
