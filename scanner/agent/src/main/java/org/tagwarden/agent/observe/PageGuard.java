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
  private volatile boolean closed;

  PageGuard(Problems problems) {
    this.problems = problems;
  }

  /** Completes with the main document's load event. */
  public CompletableFuture<Void> loaded() {
    return loaded;
  }

  /** Completes when the page's tab dies, or closes itself. */
  public CompletableFuture<Void> crashed() {
    return crashed;
  }

  /** Whether the page's end was its own doing. */
  public boolean closedItself() {
    return closed;
  }

  /** Its window is gone, and it was not we who closed it. */
  void detached(Target target) {
    if (target != page || crashed.isDone()) return;
    closed = true;
    crashed.complete(null);
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
      case "Page.javascriptDialogOpening" -> dialog(target, params.path("type").asText());
      default -> {}
    }
  }

  private void dialog(Target target, String kind) {
    boolean leaving = kind.equals("beforeunload");
    target.session().send("Page.handleJavaScriptDialog", Map.of("accept", leaving));
    if (!leaving)
      problems.note(
          "browser",
          "load",
          "dialog-dismissed",
          "The page opened a dialog (" + kind + "), which was dismissed at once.");
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
