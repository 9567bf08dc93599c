package org.tagwarden.agent.observe;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.browser.BrowserContext;
import org.tagwarden.agent.browser.CdpException;

/** The cookie jar of the visit's context at its end. */
public final class CookieObserver implements PageObserver {
  /** A cookie with its value, which stays inside the scanner. */
  public record Jarred(
      String name,
      String domain,
      String path,
      String value,
      boolean secure,
      boolean httpOnly,
      @Nullable String sameSite,
      boolean partitioned,
      @Nullable Instant expires) {}

  private static final long COMMAND_MS = 3_000;

  private final Problems problems;
  private List<Jarred> jar = List.of();
  private Set<String> beforeChoice = Set.of();
  private List<Jarred> before = List.of();

  CookieObserver(Problems problems) {
    this.problems = problems;
  }

  /** Those that were set or changed during the visit, as far as they are still there. */
  public List<Jarred> jar() {
    return jar.stream().filter(cookie -> !before.contains(cookie)).toList();
  }

  /** The whole jar: what was there before the visit, too. */
  public List<Jarred> all() {
    return jar.isEmpty() ? before : jar;
  }

  /** What was there before the visit, of an earlier page. */
  void startWith(List<Jarred> cookies) {
    before = List.copyOf(cookies);
  }

  /** What was put into the context for the visit: none of its pages has set that. */
  public void startIn(BrowserContext context) {
    before = read(context, COMMAND_MS);
  }

  /** The banner is about to be answered: what is there now was set without a choice. */
  public void beforeChoice(LivePage page) {
    Set<String> keys = new HashSet<>();
    for (Jarred cookie : read(page.context(), page.within(COMMAND_MS))) keys.add(key(cookie));
    beforeChoice = Set.copyOf(keys);
  }

  /** Whether the jar held this cookie before the banner was answered. */
  public boolean wasThereBeforeChoice(Jarred cookie) {
    return beforeChoice.contains(key(cookie));
  }

  @Override
  public void atEnd(LivePage page) {
    jar = read(page.context(), page.within(COMMAND_MS));
  }

  private List<Jarred> read(BrowserContext context, long timeoutMs) {
    try {
      JsonNode answer =
          context
              .browser()
              .call(
                  "Storage.getCookies", Map.of("browserContextId", context.contextId()), timeoutMs);
      List<Jarred> found = new ArrayList<>();
      for (JsonNode cookie : answer.path("cookies")) found.add(cookie(cookie));
      return List.copyOf(found);
    } catch (CdpException e) {
      problems.note(
          "browser",
          "harvest",
          "cookies-unread",
          "The cookie jar could not be read ("
              + e.getMessage()
              + "); cookies of scripts are missing.");
      return List.of();
    }
  }

  private static String key(Jarred cookie) {
    return cookie.name() + '\n' + cookie.domain() + '\n' + cookie.path();
  }

  /** A cookie as the browser tells of it. */
  private static Jarred cookie(JsonNode c) {
    double expires = c.path("expires").asDouble(-1);
    return new Jarred(
        c.path("name").asText(),
        c.path("domain").asText(),
        c.path("path").asText("/"),
        c.path("value").asText(),
        c.path("secure").asBoolean(),
        c.path("httpOnly").asBoolean(),
        c.path("sameSite").asText(null),
        c.has("partitionKey"),
        expires <= 0 ? null : Instant.ofEpochSecond((long) expires));
  }
}
