package org.tagwarden.agent.observe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.browser.Target;

/**
 * What happens to the page rather than what it does: it loads, crashes, opens dialogs and popups.
 * Dialogs are dismissed and popups closed, after their first requests were seen.
 */
public final class PageGuard implements PageObserver {
  private static final long POPUP_MS = 1_000;
  private static final int MOST_POPUPS = 5;

  private final Problems problems;
  private final CompletableFuture<Void> loaded = new CompletableFuture<>();
  private final CompletableFuture<Void> crashed = new CompletableFuture<>();
  private final AtomicInteger popups = new AtomicInteger();
  private volatile @Nullable Target page;

  PageGuard(Problems problems) {
    this.problems = problems;
  }

  /** Completes with the main document's load event. */
  public CompletableFuture<Void> loaded() {
    return loaded;
  }

  /** Completes when the page's tab dies. */
  public CompletableFuture<Void> crashed() {
    return crashed;
  }

  /** The visit's page; any other page is a popup. */
  void main(Target opened) {
    page = opened;
  }

  @Override
  public List<Command> prepare(Target target) {
    return target.type() == Target.Type.PAGE ? List.of(Command.of("Inspector.enable")) : List.of();
  }

  @Override
  public void event(Target target, String method, JsonNode params) {
    boolean main = target == page;
    switch (method) {
      case "Page.loadEventFired" -> {
        if (main) loaded.complete(null);
      }
      case "Inspector.targetCrashed" -> {
        if (main) crashed.complete(null);
      }
      case "Page.javascriptDialogOpening" ->
          target
              .session()
              .send(
                  "Page.handleJavaScriptDialog",
                  Map.of("accept", "beforeunload".equals(params.path("type").asText())));
      default -> {}
    }
  }

  /** A page that the visit's page opened: it may send its first requests, then it is closed. */
  void popup(Target popup) {
    boolean flood = popups.incrementAndGet() > MOST_POPUPS;
    problems.note(
        "browser",
        "load",
        "popup-closed",
        "The page opened a window ("
            + (popup.url().isEmpty() ? "about:blank" : popup.url())
            + "); it was closed after its first requests.");
    CompletableFuture.delayedExecutor(flood ? 0 : POPUP_MS, TimeUnit.MILLISECONDS)
        .execute(() -> popup.session().send("Page.close", Map.of()));
  }
}
