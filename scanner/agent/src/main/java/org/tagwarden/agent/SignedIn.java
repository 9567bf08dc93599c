package org.tagwarden.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tagwarden.agent.browser.BrowserContext;
import org.tagwarden.agent.browser.CdpException;
import org.tagwarden.agent.browser.Target;
import org.tagwarden.agent.observe.CookieObserver;
import org.tagwarden.agent.observe.FrameObserver;
import org.tagwarden.agent.observe.LivePage;

/**
 * What a sign-in left in the browser: cookies, localStorage and sessionStorage. Put into the
 * context of each visit after it, so that all of them are signed in and still cannot see each
 * other. Never leaves the scanner.
 */
final class SignedIn {
  /** Nobody has signed in. */
  static final SignedIn NOBODY =
      new SignedIn(List.of(), JsonNodeFactory.instance.arrayNode(), Map.of());

  private static final long COMMAND_MS = 5_000;
  private static final List<String> COPIED =
      List.of(
          "name", "value", "path", "secure", "httpOnly", "sameSite", "priority", "partitionKey");
  private static final String STORED =
      "({ origin: location.origin, local: { ...localStorage }, session: { ...sessionStorage } })";

  private final List<CookieObserver.Jarred> jar;
  private final ArrayNode cookies;
  private final Map<String, JsonNode> storage;

  private SignedIn(
      List<CookieObserver.Jarred> jar, ArrayNode cookies, Map<String, JsonNode> storage) {
    this.jar = jar;
    this.cookies = cookies;
    this.storage = storage;
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
    List<CookieObserver.Jarred> jar = new ArrayList<>();
    for (JsonNode cookie : found) {
      cookies.add(param(cookie));
      jar.add(CookieObserver.cookie(cookie));
    }
    Map<String, JsonNode> storage = new LinkedHashMap<>();
    for (FrameObserver.Seen frame : page.frames()) {
      try {
        JsonNode stored = page.evaluate(frame.target(), frame.id(), STORED);
        if (!stored.path("local").isEmpty() || !stored.path("session").isEmpty())
          storage.putIfAbsent(stored.path("origin").asText(), stored);
      } catch (CdpException e) {
        // A frame without storage (sandboxed, or gone) has nothing to bring along.
      }
    }
    return new SignedIn(List.copyOf(jar), cookies, Map.copyOf(storage));
  }

  /** The cookies, which no visit counts as set by its page. */
  List<CookieObserver.Jarred> jar() {
    return jar;
  }

  /** Makes a fresh context one that is signed in; before its page goes anywhere. */
  void bringTo(BrowserContext context, Target page) {
    if (!cookies.isEmpty())
      context
          .browser()
          .call(
              "Storage.setCookies",
              Map.of("cookies", cookies, "browserContextId", context.contextId()),
              COMMAND_MS);
    if (storage.isEmpty()) return;
    page.session()
        .call(
            "Page.addScriptToEvaluateOnNewDocument",
            Map.of("source", restoring(), "worldName", LivePage.PROBE),
            COMMAND_MS);
  }

  /** Only what is not there yet: a page that changes or clears its own is not overruled. */
  private String restoring() {
    ObjectNode byOrigin = JsonNodeFactory.instance.objectNode();
    storage.forEach(byOrigin::set);
    return """
        (() => {
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
        .formatted(byOrigin, LivePage.PROBE);
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
