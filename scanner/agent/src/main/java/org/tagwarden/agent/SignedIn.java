package org.tagwarden.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tagwarden.agent.browser.BrowserContext;
import org.tagwarden.agent.browser.CdpException;
import org.tagwarden.agent.browser.Target;
import org.tagwarden.agent.observe.FrameObserver;
import org.tagwarden.agent.observe.LivePage;
import org.tagwarden.agent.observe.Observers;
import org.tagwarden.agent.observe.StorageObserver;

/**
 * What a sign-in left in the browser: cookies, localStorage, sessionStorage and IndexedDB. Put into
 * the context of each visit after it, so that all of them are signed in and still cannot see each
 * other. Never leaves the scanner.
 */
final class SignedIn {
  /** Nobody has signed in. */
  static final SignedIn NOBODY =
      new SignedIn(JsonNodeFactory.instance.arrayNode(), Map.of(), List.of());

  private static final long COMMAND_MS = 5_000;
  private static final List<String> COPIED =
      List.of(
          "name", "value", "path", "secure", "httpOnly", "sameSite", "priority", "partitionKey");
  private static final String STORED =
      "({ origin: location.origin, local: { ...localStorage }, session: { ...sessionStorage } })";

  private final ArrayNode cookies;
  private final Map<String, ObjectNode> storage;
  private final List<String> left;

  private SignedIn(ArrayNode cookies, Map<String, ObjectNode> storage, List<String> left) {
    this.cookies = cookies;
    this.storage = storage;
    this.left = left;
  }

  /** The state of a context whose page is still there; {@link CdpException} if it cannot be had. */
  static SignedIn of(LivePage page) {
    JsonNode found =
        page.context()
            .browser()
            .call(
                "Storage.getCookies",
                Map.of("browserContextId", page.context().contextId()),
                COMMAND_MS)
            .path("cookies");
    ArrayNode cookies = JsonNodeFactory.instance.arrayNode();
    for (JsonNode cookie : found) cookies.add(param(cookie));
    Map<String, ObjectNode> storage = new LinkedHashMap<>();
    List<String> left = new ArrayList<>();
    for (FrameObserver.Seen frame : page.frames()) {
      try {
        JsonNode stored = page.evaluate(frame.target(), frame.id(), STORED);
        if (stored instanceof ObjectNode own && storage.putIfAbsent(origin(own), own) == null)
          databases(page, frame, own, left);
      } catch (CdpException e) {
        // A frame without storage (sandboxed, or gone) has nothing to bring along.
      }
    }
    storage.values().removeIf(SignedIn::isEmpty);
    return new SignedIn(cookies, Map.copyOf(storage), List.copyOf(left));
  }

  private static void databases(
      LivePage page, FrameObserver.Seen frame, ObjectNode stored, List<String> left) {
    try {
      JsonNode read = page.settled(frame.target(), frame.id(), CarriedDatabases.READ);
      stored.set("databases", read.path("databases"));
      read.path("left").forEach(store -> left.add(store.asText() + " of " + origin(stored)));
    } catch (CdpException e) {
      left.add("all of " + origin(stored));
    }
  }

  private static String origin(JsonNode stored) {
    return stored.path("origin").asText();
  }

  private static boolean isEmpty(JsonNode stored) {
    return stored.path("local").isEmpty()
        && stored.path("session").isEmpty()
        && stored.path("databases").isEmpty();
  }

  /** Whether there are cookies to bring, which no page has set. */
  boolean bringsCookies() {
    return !cookies.isEmpty();
  }

  /** Makes a fresh context one that is signed in; before its page goes anywhere. */
  void bringTo(BrowserContext context, Target page, Observers seen) {
    if (!left.isEmpty())
      seen.problems.note(
          "journey",
          "sign-in",
          "sign-in-incomplete",
          "The sign-in left something in IndexedDB that could not be brought along ("
              + String.join(", ", left)
              + "): files or keys that the browser holds, or too much. If the page needs it, it was"
              + " shown as to somebody who is signed in by half.");
    if (!cookies.isEmpty())
      context
          .browser()
          .call(
              "Storage.setCookies",
              Map.of("cookies", cookies, "browserContextId", context.contextId()),
              COMMAND_MS);
    if (storage.isEmpty()) return;
    storage.forEach(
        (origin, stored) -> {
          bring(seen.storage, true, origin, stored.path("local"));
          bring(seen.storage, false, origin, stored.path("session"));
        });
    page.session()
        .call(
            "Page.addScriptToEvaluateOnNewDocument",
            Map.of("source", restoring(), "worldName", LivePage.PROBE),
            COMMAND_MS);
  }

  /** So that it is not taken for something that the page has written. */
  private static void bring(StorageObserver seen, boolean local, String origin, JsonNode items) {
    items
        .fields()
        .forEachRemaining(
            item -> seen.bring(local, origin, item.getKey(), item.getValue().asText()));
  }

  /** Only what is not there yet: a page that changes or clears its own is not overruled. */
  private String restoring() {
    ObjectNode byOrigin = JsonNodeFactory.instance.objectNode();
    StringBuilder databases = new StringBuilder();
    storage.forEach(
        (origin, stored) -> {
          ObjectNode web = byOrigin.putObject(origin);
          web.set("local", stored.path("local"));
          web.set("session", stored.path("session"));
          if (!stored.path("databases").isEmpty())
            databases
                .append("if (location.origin === ")
                .append(TextNode.valueOf(origin))
                .append(") ")
                .append(CarriedDatabases.bring(stored.path("databases")))
                .append('\n');
        });
    return """
        %s(() => {
          const own = %s[location.origin];
          if (!own) return;
          const bring = (from, to) => {
            for (const [k, v] of Object.entries(from)) if (to.getItem(k) === null) to.setItem(k, v);
          };
          bring(own.local, localStorage);
          bring(own.session, sessionStorage);
        })()
        //# sourceURL=%s
        """
        .formatted(databases, byOrigin, LivePage.PROBE);
  }

  /**
   * A cookie of one host alone is set by URL: with a domain it would be one of all its subhosts.
   */
  private static ObjectNode param(JsonNode cookie) {
    ObjectNode param = JsonNodeFactory.instance.objectNode();
    for (String field : COPIED) if (cookie.has(field)) param.set(field, cookie.get(field));
    String domain = cookie.path("domain").asText();
    if (domain.startsWith(".")) {
      param.put("domain", domain);
    } else {
      String scheme = cookie.path("secure").asBoolean() ? "https://" : "http://";
      param.put("url", scheme + domain + cookie.path("path").asText("/"));
    }
    double expires = cookie.path("expires").asDouble(-1);
    if (expires > 0) param.put("expires", expires);
    return param;
  }
}
