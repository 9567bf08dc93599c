package org.tagwarden.agent.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Looks at the vitals at intervals and says what has grown since the first look. */
final class Leaks {
  static final String HEAD =
      "visits  browsers  processes  ports  files  threads  contexts  targets  folder MB  temp files"
          + "  live heap MB  JVM MB  browser MB";

  private final List<Vitals> looks = new ArrayList<>();

  /** Notes a look; returns its line of the table. */
  String look(int visits, Vitals now) {
    looks.add(now);
    return String.format(
        Locale.ROOT,
        "%6d  %8d  %9d  %5d  %5d  %7d  %8d  %7d  %9.1f  %10d  %12.1f  %6d  %10.0f",
        visits,
        now.browsers(),
        now.processes(),
        now.ports(),
        now.files(),
        now.threads(),
        now.contexts(),
        now.targets(),
        now.folderBytes() / 1e6,
        now.tempFiles(),
        now.heapBytes() / 1e6,
        now.residentMb(),
        now.browserMb());
  }

  /** One sentence for each thing that leaked; none is good. */
  List<String> sentences() {
    Vitals first = looks.get(0);
    Vitals last = looks.get(looks.size() - 1);
    List<String> found = new ArrayList<>();
    judge(found, "browsers run", 1, last.browsers(), 0);
    judge(found, "processes run", first.processes(), last.processes(), 3);
    judge(found, "ports are listened on", first.ports(), last.ports(), 0);
    judge(found, "files are open", first.files(), last.files(), 15);
    judge(found, "threads live", first.threads(), last.threads(), 10);
    judge(found, "browser contexts are open", 0, last.contexts(), 0);
    judge(found, "targets live in the browser", first.targets(), last.targets(), 1);
    judge(found, "MB lie in the data folder", mb(first.folderBytes()), mb(last.folderBytes()), 60);
    judge(found, "files lie in the temporary folder", first.tempFiles(), last.tempFiles(), 3);
    judge(found, "MB live on the heap", mb(first.heapBytes()), mb(last.heapBytes()), 25);
    judge(found, "MB has the JVM", (int) first.residentMb(), (int) last.residentMb(), 250);
    judge(found, "MB has the browser", (int) first.browserMb(), (int) last.browserMb(), 250);
    return found;
  }

  private static int mb(long bytes) {
    return (int) (bytes >> 20);
  }

  private static void judge(List<String> found, String what, int before, int now, int tolerance) {
    if (now > before + tolerance)
      found.add("Leak: " + now + " " + what + ", " + before + " at the first look.");
  }
}
