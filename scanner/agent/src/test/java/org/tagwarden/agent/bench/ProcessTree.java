package org.tagwarden.agent.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What this JVM and everything that it started have used, from Linux's /proc. Processes that have
 * ended count with the parent that waited for them.
 */
final class ProcessTree {
  private static final double TICKS_PER_SECOND = 100;

  private ProcessTree() {}

  /** CPU seconds so far by program; the playground's threads are left out of the JVM's. */
  static Map<String, Double> cpuSeconds() {
    Map<String, Double> used = new TreeMap<>();
    used.merge(
        "scanner (JVM)", cpu(ProcessHandle.current().pid(), true) - playground(), Double::sum);
    used.merge("ended children of the JVM", cpu(ProcessHandle.current().pid(), false), Double::sum);
    List<ProcessHandle> children = ProcessHandle.current().descendants().toList();
    for (ProcessHandle child : children)
      used.merge(
          name(child.pid()).contains("driver") ? "chromedriver" : "Chromium",
          cpu(child.pid(), true) + cpu(child.pid(), false),
          Double::sum);
    return used;
  }

  /** Resident megabytes of this JVM now, and at most. */
  static List<Long> residentMegabytes() {
    return List.of(status("VmRSS"), status("VmHWM"));
  }

  /** Proportional megabytes of everything that this JVM started: shared pages count once. */
  static double browserMegabytes() {
    return ProcessHandle.current()
            .descendants()
            .mapToDouble(
                child -> kilobytes(Path.of("/proc/" + child.pid() + "/smaps_rollup"), "Pss"))
            .sum()
        / 1024;
  }

  private static long status(String key) {
    return kilobytes(Path.of("/proc/self/status"), key) / 1024;
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

  private static double playground() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    double seconds = 0;
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds()))
      if (thread != null && thread.getThreadName().startsWith("vert.x-"))
        seconds += threads.getThreadCpuTime(thread.getThreadId()) / 1e9;
    return seconds;
  }

  /** A process's own CPU seconds, or those of its children that have ended. */
  private static double cpu(long pid, boolean own) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      int first = own ? 11 : 13; // utime and stime, or cutime and cstime
      return (Long.parseLong(fields[first]) + Long.parseLong(fields[first + 1])) / TICKS_PER_SECOND;
    } catch (IOException e) {
      if (pid == ProcessHandle.current().pid()) throw new UncheckedIOException(e);
      return 0; // ended meanwhile: its parent has its time
    }
  }

  private static String name(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/comm"));
    } catch (IOException e) {
      return "";
    }
  }
}
