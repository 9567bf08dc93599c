package org.tagwarden.agent.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.tagwarden.agent.browser.CdpException;
import org.tagwarden.agent.observe.FrameObserver;
import org.tagwarden.agent.observe.LivePage;
import org.tagwarden.report.ElementSelector;

/**
 * Finds elements in all frames of a page, the main frame's first. Roles and names are the browser's
 * own, as it tells them to screen readers; both they and the rest look into open shadow roots.
 */
final class ElementFinder {
  private static final long COMMAND_MS = 3_000;
  private static final int MOST_NAMES = 8;
  private static final int MOST = 100;

  private final LivePage page;

  ElementFinder(LivePage page) {
    this.page = page;
  }

  /**
   * What is found now, in document order, seen or not; {@link CdpException} when nobody answers.
   */
  List<Element> find(ElementSelector selector) {
    List<Element> found = new ArrayList<>();
    for (FrameObserver.Seen frame : page.frames()) {
      try {
        found.addAll(
            selector.by() == ElementSelector.By.ROLE
                ? byRole(frame, selector)
                : byScript(frame, selector));
      } catch (CdpException e) {
        boolean main = frame.parentId() == null && frame.target() == page.page();
        if (main) throw e; // a frame may go while it is asked; the page may not
      }
    }
    return found;
  }

  /** For a step that failed: what of the same kind is on the page. */
  String alternatives(ElementSelector selector) {
    Set<String> names = new LinkedHashSet<>();
    for (FrameObserver.Seen frame : page.frames()) {
      try {
        switch (selector.by()) {
          case ROLE -> names.addAll(namesOf(frame, selector.value()));
          case LABEL ->
              page.evaluate(frame.target(), frame.id(), ElementScript.TEXT + ".labels()")
                  .forEach(label -> names.add(quoted(label.asText())));
          default -> {}
        }
      } catch (CdpException e) {
        // A frame that does not answer has nothing to offer.
      }
    }
    String kind = selector.by() == ElementSelector.By.LABEL ? "fields" : selector.value() + "s";
    if (!names.isEmpty())
      return "On the page are the " + kind + " " + String.join(", ", first(names)) + ".";
    return where() + (needsNames(selector) ? " It has no " + kind + "." : "");
  }

  private static boolean needsNames(ElementSelector selector) {
    return selector.by() == ElementSelector.By.ROLE || selector.by() == ElementSelector.By.LABEL;
  }

  private String where() {
    JsonNode shown =
        page.evaluate(
            "({ title: document.title.slice(0, 80), at: location.origin + location.pathname,"
                + " headline: "
                + ElementScript.TEXT
                + ".headline() })");
    String headline = shown.path("headline").asText("");
    String title = headline.isEmpty() ? shown.path("title").asText("") : headline;
    return "The page was "
        + shown.path("at").asText()
        + (title.isEmpty() ? "." : " (" + title + ").");
  }

  private static List<String> first(Set<String> names) {
    return names.stream().limit(MOST_NAMES).toList();
  }

  private List<Element> byScript(FrameObserver.Seen frame, ElementSelector selector) {
    String call =
        ElementScript.TEXT
            + ".find('"
            + selector.by().name()
            + "', "
            + TextNode.valueOf(selector.value())
            + ")";
    String list = page.handle(frame.target(), frame.id(), call);
    List<Element> found = new ArrayList<>();
    JsonNode members =
        frame
            .target()
            .session()
            .call(
                "Runtime.getProperties",
                Map.of("objectId", list, "ownProperties", true),
                COMMAND_MS)
            .path("result");
    for (JsonNode member : members) {
      String object = member.path("value").path("objectId").asText("");
      boolean element = member.path("name").asText().matches("\\d+") && !object.isEmpty();
      if (element) found.add(new Element(frame.target(), frame.id(), object));
    }
    return found;
  }

  private List<Element> byRole(FrameObserver.Seen frame, ElementSelector selector) {
    String wanted = selector.name();
    List<JsonNode> nodes = nodes(frame, selector.value());
    if (wanted != null) nodes = named(nodes, wanted);
    List<Element> found = new ArrayList<>();
    for (JsonNode node : nodes) {
      if (found.size() >= MOST) break;
      JsonNode object =
          frame
              .target()
              .session()
              .call(
                  "DOM.resolveNode",
                  Map.of(
                      "backendNodeId",
                      node.path("backendDOMNodeId").asInt(),
                      "executionContextId",
                      page.world(frame.target(), frame.id())),
                  COMMAND_MS)
              .path("object");
      found.add(new Element(frame.target(), frame.id(), object.path("objectId").asText()));
    }
    return found;
  }

  /** Exactly this name if there is one, else names that hold it. */
  private static List<JsonNode> named(List<JsonNode> nodes, String wanted) {
    String name = folded(wanted);
    List<JsonNode> exact = nodes.stream().filter(n -> folded(name(n)).equals(name)).toList();
    if (!exact.isEmpty()) return exact;
    return nodes.stream().filter(n -> folded(name(n)).contains(name)).toList();
  }

  private List<JsonNode> nodes(FrameObserver.Seen frame, String role) {
    String document = page.handle(frame.target(), frame.id(), "document");
    List<JsonNode> nodes = new ArrayList<>();
    for (String alias : aliases(role))
      frame
          .target()
          .session()
          .call(
              "Accessibility.queryAXTree", Map.of("objectId", document, "role", alias), COMMAND_MS)
          .path("nodes")
          .forEach(
              node -> {
                if (!node.path("ignored").asBoolean() && node.has("backendDOMNodeId"))
                  nodes.add(node);
              });
    return nodes;
  }

  /** Chromium calls some roles otherwise than ARIA does. */
  private static List<String> aliases(String role) {
    return switch (role) {
      case "img" -> List.of("img", "image");
      case "textbox" -> List.of("textbox", "searchbox");
      case "button" -> List.of("button", "popUpButton", "toggleButton");
      case "combobox" -> List.of("combobox", "comboBoxSelect");
      default -> List.of(role);
    };
  }

  private List<String> namesOf(FrameObserver.Seen frame, String role) {
    List<String> names = new ArrayList<>();
    for (JsonNode node : nodes(frame, role))
      if (!name(node).isBlank()) names.add(quoted(name(node)));
    return names;
  }

  private static String name(JsonNode node) {
    return node.path("name").path("value").asText("");
  }

  private static String quoted(String text) {
    String plain = text.replaceAll("\\s+", " ").strip();
    return "\"" + (plain.length() > 60 ? plain.substring(0, 60) + "..." : plain) + "\"";
  }

  private static String folded(String text) {
    return text.replaceAll("\\s+", " ").strip().toLowerCase(Locale.ROOT);
  }
}
