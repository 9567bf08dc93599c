package org.tagwarden.dashboard.program.scan;

import java.io.PrintWriter;

/**
 * How a scan goes, on standard error: on a terminal one line that rewrites itself, else a line for
 * each finished visit.
 */
public final class ProgressLine {
  private static final String CLEAR = "\r\033[K";
  private static final int WIDTH = 78;

  private final PrintWriter err;
  private final boolean terminal;
  private int visits;
  private int done;
  private int requests;

  public ProgressLine(PrintWriter err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  void visits(int count) {
    visits = count;
    show("starting");
  }

  void started(String url) {
    show(url);
  }

  void visited(String url, String outcome, int seen) {
    done++;
    requests += seen;
    if (terminal) show(url);
    else
      say(
          "%d/%d %s: %s, %d %s"
              .formatted(
                  done, visits, url, word(outcome), seen, seen == 1 ? "request" : "requests"));
  }

  /** What the next words are printed below. */
  void end() {
    if (terminal) err.print(CLEAR);
    err.flush();
  }

  private void show(String what) {
    if (!terminal) return;
    String line = "%d/%d visits, %d requests, %s".formatted(done, visits, requests, what);
    err.print(CLEAR + (line.length() > WIDTH ? line.substring(0, WIDTH - 1) + "…" : line));
    err.flush();
  }

  private void say(String line) {
    err.println(line);
    err.flush();
  }

  private static String word(String outcome) {
    return switch (outcome) {
      case "COMPLETE" -> "done";
      case "CUT_SHORT" -> "cut short";
      case "FAILED" -> "could not be loaded";
      case "CHALLENGED" -> "a bot challenge came instead of the page";
      default -> outcome;
    };
  }
}
