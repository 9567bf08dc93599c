package org.tagwarden.agent.join;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
  private final Set<String> withinWrappers = new HashSet<>();

  Stacks(ScriptObserver scripts, List<Wrapper> wrappers) {
    this.scripts = scripts;
    this.wrappers = wrappers;
  }

  /**
   * A frame with the script that it is in, where known.
   *
   * @param withinWrapper whether a wrapper was seen to call on from here
   */
  record Called(
      StackFrame frame, @Nullable ParsedScript script, boolean inWrapper, boolean withinWrapper) {}

  /**
   * Only the outermost of several wrappers can be found on the page. What it calls on through are
   * the inner ones, which some scripts have kept and call directly. Told of every stack before the
   * first question.
   */
  void learn(Target target, JsonNode stack) {
    List<String> inner = new ArrayList<>();
    for (JsonNode frame : stack.path("callFrames")) {
      if (scripts.isOwn(target, frame.path("scriptId").asText())) continue;
      if (inWrapper(target, frame)) withinWrappers.addAll(inner);
      inner.add(place(target, frame));
    }
  }

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
    while (from < frames.size() && frames.get(from).withinWrapper()) from++;
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
    return new Called(
        new StackFrame(
            frame.path("functionName").asText(),
            url,
            line + 1,
            column + 1,
            script == null || script.sha256().isEmpty() ? null : script.sha256(),
            boundary),
        script,
        inWrapper(target, frame),
        withinWrappers.contains(place(target, frame)));
  }

  private boolean inWrapper(Target target, JsonNode frame) {
    String scriptId = frame.path("scriptId").asText();
    int line = frame.path("lineNumber").asInt();
    int column = frame.path("columnNumber").asInt();
    return wrappers.stream().anyMatch(w -> w.holds(target.sessionId(), scriptId, line, column));
  }

  private static String place(Target target, JsonNode frame) {
    return target.sessionId()
        + '/'
        + frame.path("scriptId").asText()
        + ':'
        + frame.path("lineNumber").asInt()
        + ':'
        + frame.path("columnNumber").asInt();
  }

  /** An evaluated script has no URL: what evaluated it has. */
  private static String origin(ParsedScript script) {
    if (!script.url().isEmpty()) return script.url();
    for (JsonNode frame : script.stack().path("callFrames"))
      if (!frame.path("url").asText().isEmpty()) return frame.path("url").asText();
    return script.embedder();
  }
}
