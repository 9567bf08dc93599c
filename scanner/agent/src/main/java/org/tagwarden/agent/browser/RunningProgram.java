package org.tagwarden.agent.browser;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a process says about itself. */
final class RunningProgram {
  private RunningProgram() {}

  /**
   * The browser that has this profile, its driver and all that they started; not the shell that
   * watches over them.
   */
  static List<ProcessHandle> using(Path profile) {
    return ProcessHandle.allProcesses()
        .filter(
            process -> {
              String line = commandLine(process);
              return line.contains(profile.toString()) && !line.contains(OrphanWatch.NAME);
            })
        .toList();
  }

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
