package org.tagwarden.agent.observe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.tagwarden.agent.browser.Target;
import org.tagwarden.report.ConsoleMessage;

/** Errors and warnings: of the page's scripts, uncaught, and of the browser itself. */
public final class ConsoleObserver implements PageObserver {
  private static final int MOST = 200;
  private static final int LONGEST = 2_000;

  private record Line(String level, String text, String url, int line, double epochMs) {}

  private final List<Line> lines = new ArrayList<>();

  @Override
  public List<Command> prepare(Target target) {
    return target.hasFrames()
        ? List.of(Command.of("Runtime.enable"), Command.of("Log.enable"))
        : List.of();
  }

  @Override
  public synchronized void event(Target target, String method, JsonNode params) {
    if (lines.size() >= MOST) return;
    switch (method) {
      case "Runtime.consoleAPICalled" -> called(params);
      case "Runtime.exceptionThrown" -> thrown(params);
      case "Log.entryAdded" -> logged(params.path("entry"));
      default -> {}
    }
  }

  /** What was written since the visit began. */
  public synchronized List<ConsoleMessage> since(long startEpochMs) {
    return lines.stream()
        .map(
            l ->
                new ConsoleMessage(
                    l.level,
                    l.text,
                    l.url.isEmpty() ? null : l.url,
                    l.line,
                    Math.max(0, l.epochMs - startEpochMs)))
        .toList();
  }

  private void called(JsonNode params) {
    String type = params.path("type").asText();
    if (!type.equals("error") && !type.equals("warning") && !type.equals("assert")) return;
    List<String> words = new ArrayList<>();
    for (JsonNode argument : params.path("args"))
      words.add(
          argument.has("value")
              ? argument.path("value").asText()
              : argument.path("description").asText(argument.path("type").asText()));
    JsonNode top = params.path("stackTrace").path("callFrames").path(0);
    add(
        type.equals("warning") ? "warning" : "error",
        String.join(" ", words),
        top.path("url").asText(""),
        top.has("lineNumber") ? top.path("lineNumber").asInt() + 1 : 0,
        params.path("timestamp").asDouble());
  }

  private void thrown(JsonNode params) {
    JsonNode details = params.path("exceptionDetails");
    String text =
        details.path("exception").path("description").asText(details.path("text").asText());
    JsonNode top = details.path("stackTrace").path("callFrames").path(0);
    add(
        "error",
        text,
        details.path("url").asText(top.path("url").asText("")),
        details.path("lineNumber").asInt() + 1,
        params.path("timestamp").asDouble());
  }

  private void logged(JsonNode entry) {
    String level = entry.path("level").asText();
    if (!level.equals("error") && !level.equals("warning")) return;
    add(
        level,
        entry.path("text").asText(),
        entry.path("url").asText(""),
        entry.has("lineNumber") ? entry.path("lineNumber").asInt() + 1 : 0,
        entry.path("timestamp").asDouble());
  }

  private void add(String level, String text, String url, int line, double epochMs) {
    String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    lines.add(new Line(level, cut, url, line, epochMs));
  }
}
