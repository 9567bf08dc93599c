package org.tagwarden.agent.consent;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How far the answering has come, as the content scripts tell it. Written by the connection's
 * thread; the visit's waits on it.
 */
final class BannerProgress {
  /** An answered banner: whose, when it began to be answered (epoch ms), and in which world. */
  record Answered(String platform, long atEpochMs, String worldKey) {}

  /** No page is a second slower than its browser in telling; a clock of another machine may be. */
  private static final long MOST_LAG_MS = 1_000;

  private final Set<String> searching = new HashSet<>();
  private final Set<String> met = new LinkedHashSet<>();
  private final Map<String, Answered> answering = new HashMap<>();
  private @Nullable String shown;
  private @Nullable Answered answered;
  private @Nullable Answered leftWhileAnswering;
  private @Nullable String failed;
  private @Nullable Boolean confirmed;
  private boolean confirmable;

  synchronized void awaiting(String frameId) {
    searching.add(frameId);
  }

  synchronized void nothingIn(String frameId) {
    searching.remove(frameId);
    notifyAll();
  }

  /** A document is gone: some sites load their page anew when the choice is made. */
  synchronized void left(String worldKey) {
    Answered under = answering.remove(worldKey);
    if (under != null && answered == null) leftWhileAnswering = under;
    notifyAll();
  }

  synchronized void told(String worldKey, String frameId, JsonNode message, long at) {
    String cmp = message.path("cmp").asText();
    switch (message.path("type").asText()) {
      case "cmpDetected" -> met.add(cmp);
      case "popupFound" -> shown = cmp;
      case "optInResult", "optOutResult" -> {
        if (!message.path("result").asBoolean()) failed = cmp;
        confirmable = message.path("scheduleSelfTest").asBoolean();
      }
      case "autoconsentDone" -> done(worldKey, cmp, at);
      case "selfTestResult" -> confirmed = message.path("result").asBoolean();
      case "report" -> report(worldKey, frameId, message.path("state"), at);
      default -> {}
    }
    notifyAll();
  }

  private void report(String worldKey, String frameId, JsonNode state, long at) {
    switch (state.path("lifecycle").asText()) {
      case "nothingDetected" -> searching.remove(frameId);
      case "runningOptIn", "runningOptOut" -> {
        long now = System.currentTimeMillis();
        long began = at > now || at < now - MOST_LAG_MS ? now : at;
        String name = state.path("detectedPopups").path(0).asText(shown == null ? "" : shown);
        answering.putIfAbsent(worldKey, new Answered(name, began, worldKey));
      }
      default -> {}
    }
  }

  private void done(String worldKey, String cmp, long at) {
    if (answered != null) return;
    Answered begun = answering.get(worldKey);
    answered = new Answered(cmp, begun == null ? at : begun.atEpochMs(), worldKey);
  }

  /** Whether the banner is answered, so that nobody shall answer another. */
  synchronized boolean settled() {
    return answered != null;
  }

  /** Waits until {@code enough} or so long; returns whether it was enough. */
  synchronized boolean await(BooleanSupplier enough, long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    while (!enough.getAsBoolean()) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) return false;
      wait(left);
    }
    return true;
  }

  synchronized boolean allSearchedInVain() {
    return searching.isEmpty() && met.isEmpty();
  }

  synchronized Set<String> met() {
    return Set.copyOf(met);
  }

  synchronized @Nullable String shown() {
    return shown;
  }

  synchronized @Nullable String failed() {
    return failed;
  }

  synchronized @Nullable Answered answered() {
    return answered;
  }

  synchronized @Nullable Answered leftWhileAnswering() {
    return leftWhileAnswering;
  }

  /** Whether the platform can be asked what it took down. */
  synchronized boolean confirmable() {
    return confirmable;
  }

  synchronized @Nullable Boolean confirmed() {
    return confirmed;
  }

  /** Takes a page that loaded itself anew, and shows no banner any more, as answered. */
  synchronized void takeAsAnswered(Answered left) {
    if (answered == null) answered = left;
  }
}
