package org.tagwarden.dashboard.program.scan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.tagwarden.dashboard.evidence.SeenWords;
import org.tagwarden.dashboard.program.ProgramFailure;

/**
 * Runs the scanner once, in a process of its own, and tells a {@link ProgressLine} what it says.
 * The scanner ends with us, however we end: it watches its standard input.
 */
public final class Capture {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LAST_LINES = 12;

  private final List<String> command;
  private final ProgressLine progress;

  public Capture(List<String> command, ProgressLine progress) {
    this.command = command;
    this.progress = progress;
  }

  /**
   * Returns when the scanner has written its files.
   *
   * @param log where the scanner's log goes meanwhile; its end is told when the scanner fails
   */
  public void run(Path log) throws IOException {
    Process scanner = new ProcessBuilder(command).redirectError(log.toFile()).start();
    Thread stop = new Thread(() -> stop(scanner), "stop-scanner");
    Runtime.getRuntime().addShutdownHook(stop);
    try (BufferedReader events = scanner.inputReader(StandardCharsets.UTF_8)) {
      for (String line = events.readLine(); line != null; line = events.readLine()) tell(line);
      int exit = scanner.waitFor();
      progress.end();
      if (exit != 0) throw failure(exit, log);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ProgramFailure.cannot("The scan was interrupted.");
    } finally {
      stop(scanner);
      removeHook(stop);
    }
  }

  private void tell(String line) throws IOException {
    JsonNode event = JSON.readTree(line);
    switch (event.path("event").asText()) {
      case "visits" -> progress.visits(event.path("count").asInt());
      case "started" -> progress.started(event.path("url").asText());
      case "visited" ->
          progress.visited(
              event.path("url").asText() + seenAs(event.path("consent").asText()),
              event.path("outcome").asText(),
              event.path("requests").asInt());
      default -> throw new IOException("The scanner said what nobody understands: " + line);
    }
  }

  private static String seenAs(String consent) {
    if (consent.isEmpty()) return "";
    return " (" + SeenWords.of(consent, "", 0).toLowerCase(Locale.ROOT) + ")";
  }

  /** The scanner's own sentence is the last line of its log that is no log line. */
  private static ProgramFailure failure(int exit, Path log) throws IOException {
    List<String> lines = Files.readAllLines(log).stream().filter(line -> !line.isBlank()).toList();
    if (exit == ProgramFailure.USAGE || exit == ProgramFailure.CANNOT) {
      for (int i = lines.size() - 1; i >= 0; i--) {
        String line = lines.get(i);
        if (isSentence(line))
          return exit == ProgramFailure.USAGE
              ? ProgramFailure.usage(line)
              : ProgramFailure.cannot(line);
      }
    }
    String end =
        String.join("\n  ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    return ProgramFailure.cannot(
        "The scanner ended with code " + exit + ". The end of its log:\n  " + end);
  }

  private static boolean isSentence(String line) {
    // Log lines begin with their time, stack traces with a tab.
    return (Character.isUpperCase(line.codePointAt(0)) || line.startsWith("--"))
        && line.contains(" ");
  }

  private static void stop(Process scanner) {
    if (!scanner.isAlive()) return;
    scanner.destroy();
    try {
      if (!scanner.waitFor(10, java.util.concurrent.TimeUnit.SECONDS)) scanner.destroyForcibly();
    } catch (InterruptedException e) {
      scanner.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The program is ending already, and the hook has run.
    }
  }
}
