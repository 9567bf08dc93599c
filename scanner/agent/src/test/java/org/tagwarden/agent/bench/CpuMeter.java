package org.tagwarden.agent.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * CPU seconds of a process and of everything that it started, from Linux's /proc. Looks all the
 * time: a browser that ends leaves children that nobody waits for, and their time is in no parent's
 * account (two thirds of what a browser for each page costs).
 */
final class CpuMeter implements AutoCloseable {
  private static final double TICKS_PER_SECOND = 100;
  private static final long LOOK_MS = 50;
  private static final File PROC = new File("/proc");

  private record Look(long parent, String program, long ticks) {}

  private final long root;
  private final Set<Long> strangers = new HashSet<>();
  private final Map<Long, Look> seen = new HashMap<>();
  private final Map<String, Long> ended = new HashMap<>();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  CpuMeter(long root) {
    this.root = root;
    timer.scheduleWithFixedDelay(this::look, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
  }

  /** Used so far by program, over those that live and those that have ended since the beginning. */
  synchronized Map<String, Double> seconds() {
    look();
    Map<String, Double> used = new TreeMap<>();
    ended.forEach((program, ticks) -> used.merge(program, ticks / TICKS_PER_SECOND, Double::sum));
    for (Look look : seen.values())
      used.merge(look.program, look.ticks / TICKS_PER_SECOND, Double::sum);
    return used;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private synchronized void look() {
    String[] names = PROC.list((folder, name) -> Character.isDigit(name.charAt(0)));
    if (names == null) throw new IllegalStateException("This bench needs Linux's /proc");
    Set<Long> there = new HashSet<>();
    for (String name : names) there.add(Long.parseLong(name));
    strangers.retainAll(there);
    for (long pid : there.stream().sorted().toList()) if (!strangers.contains(pid)) look(pid);
    seen.entrySet()
        .removeIf(
            entry -> {
              boolean gone = !there.contains(entry.getKey());
              if (gone) ended.merge(entry.getValue().program, entry.getValue().ticks, Long::sum);
              return gone;
            });
  }

  /** Children come after their parents, whose numbers are lower but for the rare wrap-around. */
  private void look(long pid) {
    Look now = stat(pid);
    if (now == null) return; // ended just now: what it had is kept
    if (pid == root || seen.containsKey(pid) || seen.containsKey(now.parent)) seen.put(pid, now);
    else strangers.add(pid);
  }

  private static @Nullable Look stat(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      int name = stat.lastIndexOf(')');
      String[] fields = stat.substring(name + 2).split(" ");
      return new Look(
          Long.parseLong(fields[1]),
          program(stat.substring(stat.indexOf('(') + 1, name)),
          Long.parseLong(fields[11]) + Long.parseLong(fields[12])); // utime and stime
    } catch (IOException e) {
      return null;
    }
  }

  private static String program(String name) {
    if (name.equals("java")) return "JVM";
    if (name.startsWith("node") || name.equals("MainThread")) return "node";
    return name.contains("driver") ? "chromedriver" : "Chromium";
  }
}
