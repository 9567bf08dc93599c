package org.tagwarden.agent.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory of a process and of everything that it started, from Linux's /proc. */
final class ProcessTree {
  private final ProcessHandle root;

  ProcessTree(ProcessHandle root) {
    this.root = root;
  }

  /** Resident megabytes of the process itself. */
  double residentMegabytes() {
    return kilobytes(Path.of("/proc/" + root.pid() + "/status"), "VmRSS") / 1024.0;
  }

  /** Proportional megabytes of everything that it started: shared pages count once. */
  double startedMegabytes() {
    return root.descendants()
            .mapToDouble(
                child -> kilobytes(Path.of("/proc/" + child.pid() + "/smaps_rollup"), "Pss"))
            .sum()
        / 1024;
  }

  private static long kilobytes(Path file, String key) {
    try {
      for (String line : Files.readAllLines(file))
        if (line.startsWith(key + ":")) return Long.parseLong(line.replaceAll("\\D", ""));
      return 0;
    } catch (IOException e) {
      return 0; // ended meanwhile
    }
  }
}
