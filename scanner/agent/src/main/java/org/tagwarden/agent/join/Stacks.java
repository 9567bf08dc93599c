package org.tagwarden.agent.join;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.browser.Target;
import org.tagwarden.agent.observe.ParsedScript;
import org.tagwarden.agent.observe.ScriptObserver;
import org.tagwarden.agent.observe.WrapperObserver.Wrapper;
import org.tagwarden.report.StackFrame;

/** Reads JavaScript stacks and finds the frame in them that really asked. */
final class Stacks {
  private static final int DEEPEST = 64;

  private final ScriptObserver scripts;
  private final List<Wrapper> wrappers;

  Stacks(ScriptObserver scripts, List<Wrapper> wrappers) {
    this.scripts = scripts;
    this.wrappers = wrappers;
  }

  /** A frame with the script that it is in, where known. */
  record Called(StackFrame frame, @Nullable ParsedScript script, boolean inWrapper) {}

  /** The frames of a stack, innermost first, across asynchronous calls. */
  List<Called> frames(Target target, JsonNode stack) {
    List<Called> frames = new ArrayList<>();
    String boundary = null;
    for (JsonNode part = stack; part.isObject(); part = part.path("parent")) {
      if (part != stack) boundary = part.path("description").asText("async");
      for (JsonNode frame : part.path("callFrames")) {
        // The observer's veils, and what answers a banner: the page's own code asked.
        if (scripts.isOwn(target, frame.path("scriptId").asText())) continue;
        if (frames.size() >= DEEPEST) return frames;
        frames.add(called(target, frame, boundary));
        boundary = null;
      }
    }
    return frames;
  }

  /**
   * The frame that asked: the innermost with a URL, unless wrappers of the browser's functions
   * stand before it. Then it is the first one beyond the outermost wrapper of the innermost run of
   * code.
   */
  static @Nullable Called asker(List<Called> frames) {
    int from = 0;
    for (int i = 0; i < frames.size(); i++) {
      if (i > 0 && frames.get(i).frame().async() != null && from < i) break;
      if (frames.get(i).inWrapper()) from = i + 1;
    }
    for (int i = from; i < frames.size(); i++)
      if (!frames.get(i).frame().url().isEmpty()) return frames.get(i);
    for (Called frame : frames) if (!frame.frame().url().isEmpty()) return frame;
    return null;
  }

  private Called called(Target target, JsonNode frame, @Nullable String boundary) {
    String scriptId = frame.path("scriptId").asText();
    ParsedScript script = scripts.find(target, scriptId);
    int line = frame.path("lineNumber").asInt();
    int column = frame.path("columnNumber").asInt();
    String url = frame.path("url").asText();
    if (url.isEmpty() && script != null) url = origin(script);
    boolean wrapper =
        wrappers.stream().anyMatch(w -> w.holds(target.sessionId(), scriptId, line, column));
    return new Called(
        new StackFrame(
            frame.path("functionName").asText(),
            url,
            line + 1,
            column + 1,
            script == null || script.sha256().isEmpty() ? null : script.sha256(),
            boundary),
        script,
        wrapper);
  }

  /** An evaluated script has no URL: what evaluated it has. */
  private static String origin(ParsedScript script) {
    if (!script.url().isEmpty()) return script.url();
    for (JsonNode frame : script.stack().path("callFrames"))
      if (!frame.path("url").asText().isEmpty()) return frame.path("url").asText();
    return script.embedder();
  }
}
