package org.tagwarden.agent.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a scanner holds at a moment when it visits nothing, from Linux's /proc, the JVM and the
 * browser itself: whatever grows from one such moment to a later one is leaking.
 *
 * @param browsers browser processes, without those that they started
 * @param processes everything that this JVM started and that still runs
 * @param ports on which this JVM listens
 * @param files that this JVM has open, sockets included
 * @param contexts of the browser, beside its own
 * @param targets of the browser
 * @param folderBytes size of the scanner's data folder with the browser's profile
 * @param tempFiles in the system's folder for such
 * @param heapBytes live after a collection
 */
record Vitals(
    int browsers,
    int processes,
    int ports,
    int files,
    int threads,
    int contexts,
    int targets,
    long folderBytes,
    int tempFiles,
    long heapBytes,
    long residentMb,
    double browserMb) {

  static Vitals now(Path dataFolder) {
    List<ProcessHandle> children = ProcessHandle.current().descendants().toList();
    ProcessTree self = new ProcessTree(ProcessHandle.current());
    BrowserState browser = BrowserState.of(dataFolder.resolve("profiles"));
    return new Vitals(
        (int) children.stream().filter(p -> isBrowser(p, dataFolder)).count(),
        children.size(),
        listening(),
        count(Path.of("/proc/self/fd")),
        ManagementFactory.getThreadMXBean().getThreadCount(),
        browser.contexts(),
        browser.targets(),
        size(dataFolder),
        count(Path.of(System.getProperty("java.io.tmpdir"))),
        liveHeap(),
        (long) self.residentMegabytes(),
        self.startedMegabytes());
  }

  private static boolean isBrowser(ProcessHandle process, Path dataFolder) {
    String line = commandLine(process);
    return line.contains("--user-data-dir=" + dataFolder.toAbsolutePath())
        && !line.contains("--type=");
  }

  /** The whole of it: the JDK keeps the first page only, which Chromium's fills. */
  private static String commandLine(ProcessHandle process) {
    try {
      Path file = Path.of("/proc/" + process.pid() + "/cmdline");
      return Files.readString(file, StandardCharsets.ISO_8859_1).replace('\0', ' ');
    } catch (IOException e) {
      return ""; // ended meanwhile
    }
  }

  /** Listening sockets of this process: those of the machine whose inode it has open. */
  private static int listening() {
    Set<String> inodes = new HashSet<>();
    for (String table : List.of("/proc/self/net/tcp", "/proc/self/net/tcp6"))
      for (String line : lines(Path.of(table))) {
        String[] fields = line.strip().split("\\s+");
        if (fields.length > 9 && fields[3].equals("0A")) inodes.add("socket:[" + fields[9] + "]");
      }
    int own = 0;
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      for (Path file : files.toList()) if (inodes.contains(link(file))) own++;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return own;
  }

  private static String link(Path file) {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (IOException e) {
      return ""; // closed meanwhile
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of(); // a machine without IPv6
    }
  }

  private static int count(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return (int) files.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long size(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      long bytes = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) bytes += size0(file);
      return bytes;
    } catch (IOException | UncheckedIOException e) {
      return 0; // a file went while the folder was walked: the next look will tell
    }
  }

  private static long size0(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  private static long liveHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
