package org.tagwarden.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether this machine, or the container that we are in, has room for one more visit. Read from
 * Linux's /proc and its control groups; where those say nothing, there is room.
 */
final class MachineRoom {
  /** What one more visit's pages may need, with their browser processes. */
  private static final long VISIT_BYTES = 400L << 20;

  /**
   * Percent of the last ten seconds in which somebody waited for a processor, and how many wanted
   * one: both together mean that more pages side by side would only make all of them late.
   */
  private static final double MOST_PRESSURE = 95;

  private static final double MOST_LOAD = 8;

  /** Percent in which nobody in our container got a processor: its share is used up. */
  private static final double MOST_STANDSTILL = 40;

  private static final Pattern PRESSURE = Pattern.compile("some avg10=([0-9.]+)");
  private static final Pattern STANDSTILL = Pattern.compile("full avg10=([0-9.]+)");
  private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s+(\\d+) kB");

  private final Path proc;
  private final Path groups;

  /** Of this machine. */
  MachineRoom() {
    this(Path.of("/proc"), Path.of("/sys/fs/cgroup"));
  }

  MachineRoom(Path proc, Path groups) {
    this.proc = proc;
    this.groups = groups;
  }

  /**
   * Too little of something.
   *
   * @param enough how many visits may go on all the same: short of memory one, short of processors
   *     one for each, since a visit mostly waits for its page
   * @param what for the log
   */
  record Shortage(int enough, String what) {}

  /** What there is too little of, or null when there is room for another visit. */
  @Nullable Shortage shortage() {
    long free = availableBytes().orElse(Long.MAX_VALUE);
    if (free < VISIT_BYTES) return new Shortage(1, (free >> 20) + " MB of memory are left");
    double standstill = percent(STANDSTILL, groups.resolve("cpu.pressure")).orElse(0);
    if (standstill > MOST_STANDSTILL)
      return processors("the container had no processor for %.0f %% of ten seconds", standstill);
    double load = loadPerProcessor();
    double pressure = percent(PRESSURE, proc.resolve("pressure/cpu")).orElse(100);
    return load > MOST_LOAD && pressure > MOST_PRESSURE
        ? processors("%.1f processes want each processor", load)
        : null;
  }

  private static Shortage processors(String format, double figure) {
    return new Shortage(
        Runtime.getRuntime().availableProcessors(), String.format(Locale.ROOT, format, figure));
  }

  private static OptionalDouble percent(Pattern pattern, Path file) {
    Matcher matcher = pattern.matcher(text(file));
    return matcher.find()
        ? OptionalDouble.of(Double.parseDouble(matcher.group(1)))
        : OptionalDouble.empty();
  }

  private double loadPerProcessor() {
    String load = text(proc.resolve("loadavg"));
    if (load.isEmpty()) return 0;
    return Double.parseDouble(load.split(" ", 2)[0]) / Runtime.getRuntime().availableProcessors();
  }

  /** The least of what the machine has and what the container may still take. */
  private OptionalLong availableBytes() {
    long least = Long.MAX_VALUE;
    Matcher machine = AVAILABLE.matcher(text(proc.resolve("meminfo")));
    if (machine.find()) least = Long.parseLong(machine.group(1)) << 10;
    least = Math.min(least, left("memory.max", "memory.current", "memory.stat", "inactive_file"));
    least =
        Math.min(
            least,
            left(
                "memory/memory.limit_in_bytes",
                "memory/memory.usage_in_bytes",
                "memory/memory.stat",
                "total_inactive_file"));
    return least == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(least);
  }

  /** A container's limit less what it uses; files that it has only read count as free. */
  private long left(String limitFile, String usageFile, String statFile, String reclaimable) {
    String limit = text(groups.resolve(limitFile)).strip();
    String usage = text(groups.resolve(usageFile)).strip();
    // "max", or a number near 2^63 in the older kind of group, is no limit.
    if (!limit.matches("\\d{1,18}") || !usage.matches("\\d{1,18}")) return Long.MAX_VALUE;
    Matcher files =
        Pattern.compile("(?m)^" + reclaimable + " (\\d+)$").matcher(text(groups.resolve(statFile)));
    long cached = files.find() ? Long.parseLong(files.group(1)) : 0;
    return Math.max(0, Long.parseLong(limit) - Long.parseLong(usage) + cached);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return ""; // not this kind of machine
    }
  }
}
