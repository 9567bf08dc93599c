package org.tagwarden.agent.browser;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process says about itself. */
final class RunningProgram {
  private RunningProgram() {}

  /**
   * Its whole command line, empty when it has ended. Linux is asked directly: the JDK keeps the
   * first page only, and nothing of the processes that Chromium forks.
   */
  static String commandLine(ProcessHandle process) {
    Path file = Path.of("/proc/" + process.pid() + "/cmdline");
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).replace('\0', ' ');
    } catch (IOException e) {
      return process.info().commandLine().orElse(""); // no /proc here, or it has ended
    }
  }
}
