package org.tagwarden.agent.observe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.browser.Target;
import org.tagwarden.report.Frame;

/**
 * The documents of the page: main frame, iframes in its process and in others, removed ones too.
 */
public final class FrameObserver implements PageObserver {
  /** A frame, and the target that answers for it. */
  public record Seen(String id, @Nullable String parentId, String url, Target target) {}

  private final Map<String, Seen> frames = new LinkedHashMap<>();
  private final java.util.Set<String> removed = new java.util.HashSet<>();
  private final Map<String, String> navigationReasons = new HashMap<>();
  private @Nullable String mainFrame;
  private boolean frozen;

  @Override
  public List<Command> prepare(Target target) {
    return target.hasFrames() ? List.of(Command.of("Page.enable")) : List.of();
  }

  @Override
  public synchronized void event(Target target, String method, JsonNode params) {
    if (frozen) return;
    switch (method) {
      case "Page.frameAttached" ->
          put(
              params.path("frameId").asText(),
              params.path("parentFrameId").asText(),
              "about:blank",
              target);
      case "Page.frameNavigated" -> navigated(target, params.path("frame"));
      case "Page.navigatedWithinDocument" -> moved(params);
      case "Page.frameRequestedNavigation" ->
          navigationReasons.put(
              params.path("frameId").asText() + ' ' + params.path("url").asText(),
              params.path("reason").asText());
      case "Page.frameDetached" -> {
        if (!"swap".equals(params.path("reason").asText()))
          removed.add(params.path("frameId").asText());
      }
      default -> {}
    }
  }

  /** The visit's page: its frame has the target's id. */
  synchronized void main(Target page) {
    mainFrame = page.targetId();
    frames.putIfAbsent(mainFrame, new Seen(mainFrame, null, "about:blank", page));
  }

  /** From now on documents don't change: the page is being left. */
  public synchronized void freeze() {
    frozen = true;
  }

  synchronized String mainFrameId() {
    return mainFrame == null ? "" : mainFrame;
  }

  /** The URL that the main frame shows, empty before there is one. */
  public synchronized String mainUrl() {
    Seen frame = frames.get(mainFrameId());
    return frame == null ? "" : frame.url();
  }

  /** Whether this frame is the visit's own page. */
  public synchronized boolean isMain(@Nullable String frameId) {
    return frameId != null && frameId.equals(mainFrame);
  }

  synchronized List<Seen> present() {
    return frames.values().stream().filter(f -> !removed.contains(f.id())).toList();
  }

  /** All that were seen, the main frame first. */
  public synchronized List<Frame> all() {
    List<Frame> all = new ArrayList<>();
    for (Seen frame : frames.values()) {
      Frame noted =
          new Frame(frame.id(), frame.parentId(), frame.url(), removed.contains(frame.id()));
      if (frame.id().equals(mainFrame)) all.add(0, noted);
      else all.add(noted);
    }
    return all;
  }

  /** The URL that a frame shows now, or null for one that was never seen. */
  public synchronized @Nullable String urlOf(@Nullable String frameId) {
    Seen frame = frameId == null ? null : frames.get(frameId);
    return frame == null ? null : frame.url();
  }

  /** Why a document asked to be replaced by this URL, in the protocol's words; empty if unsaid. */
  public synchronized String navigationReason(@Nullable String frameId, String url) {
    return navigationReasons.getOrDefault(frameId + ' ' + url, "");
  }

  /**
   * The nearest document around a frame that came from somewhere: a srcdoc or blank document has
   * its text from its parent.
   */
  public synchronized @Nullable String comeDocumentOf(@Nullable String frameId) {
    Seen frame = frameId == null ? null : frames.get(frameId);
    for (int i = 0; frame != null && i < frames.size(); i++) {
      if (!frame.url().startsWith("about:") && !frame.url().isEmpty()) return frame.url();
      frame = frame.parentId() == null ? null : frames.get(frame.parentId());
    }
    return null;
  }

  private void navigated(Target target, JsonNode frame) {
    String id = frame.path("id").asText();
    String url = frame.path("url").asText() + frame.path("urlFragment").asText("");
    removed.remove(id);
    put(id, frame.path("parentId").asText(null), url, target);
  }

  private void moved(JsonNode params) {
    Seen frame = frames.get(params.path("frameId").asText());
    if (frame != null)
      frames.put(
          frame.id(),
          new Seen(frame.id(), frame.parentId(), params.path("url").asText(), frame.target()));
  }

  /** A frame that moved into a process of its own keeps the parent that it had. */
  private void put(String id, @Nullable String parentId, String url, Target target) {
    Seen known = frames.get(id);
    String parent = parentId != null ? parentId : known == null ? null : known.parentId();
    frames.put(id, new Seen(id, parent, url, target));
  }
}
