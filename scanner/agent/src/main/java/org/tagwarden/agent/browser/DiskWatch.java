package org.tagwarden.agent.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a browser that fills the disk. What pages store is kept in memory, so that this is about
 * what else a browser writes: its profile, and the memory that its processes share, which are files
 * without a name.
 */
final class DiskWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DiskWatch.class);

  /** Visits of heavy pages side by side stay far below. */
  private static final long MOST_BYTES = 2L << 30;

  private static final long EVERY_MS = 2_000;

  private final Path profile;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(DiskWatch::thread);

  private DiskWatch(Path profile) {
    this.profile = profile;
  }

  /** Watches the browser that has this profile on its command line. */
  static DiskWatch over(Path profile) {
    DiskWatch watch = new DiskWatch(profile);
    watch.timer.scheduleWithFixedDelay(watch::look, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
    return watch;
  }

  private void look() {
    List<ProcessHandle> users = RunningProgram.using(profile);
    long bytes = bytes(users);
    if (bytes <= MOST_BYTES) return;
    LOG.warn(
        "The browser has written {} MB and is ended. The visits that it was at are done again, each"
            + " in a browser of its own; one that does it again is reported as browser-crashed",
        bytes >> 20);
    users.forEach(ProcessHandle::destroyForcibly);
  }

  /** Each file once, however many processes have it open. */
  private long bytes(List<ProcessHandle> users) {
    Map<Object, Long> sizes = new HashMap<>();
    try {
      Files.walkFileTree(profile, new Sizes(sizes));
    } catch (IOException e) {
      LOG.debug("The profile went while it was looked at", e);
    }
    for (ProcessHandle user : users) withoutName(user, sizes);
    return sizes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Not those of sandboxed processes, which nobody may look into: the browser has them, too. */
  private static void withoutName(ProcessHandle process, Map<Object, Long> sizes) {
    try (Stream<Path> files = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
      for (Path file : files.toList()) {
        String target = Files.readSymbolicLink(file).toString();
        if (!target.endsWith(" (deleted)") || target.startsWith("/memfd:")) continue;
        note(Files.readAttributes(file, BasicFileAttributes.class), sizes);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.trace("Ended meanwhile, or not to be looked into", e);
    }
  }

  private static void note(BasicFileAttributes file, Map<Object, Long> sizes) {
    Object key = file.fileKey();
    if (key != null && file.isRegularFile()) sizes.put(key, file.size());
  }

  private static final class Sizes extends SimpleFileVisitor<Path> {
    private final Map<Object, Long> sizes;

    Sizes(Map<Object, Long> sizes) {
      this.sizes = sizes;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      note(attributes, sizes);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE; // it went away by itself
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "disk-watch");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
