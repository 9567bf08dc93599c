package org.tagwarden.dashboard.program.up;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program that runs beside the server: started again when it dies, with growing pauses, and ended
 * with us. It watches its standard input, whose other end we hold, so that it also notices when we
 * are killed.
 */
public final class Child implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Child.class);
  private static final Duration GRACE = Duration.ofSeconds(25);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration HEALTHY = Duration.ofMinutes(1);
  private static final long LOG_LIMIT = 10_000_000;

  private final String name;
  private final List<String> command;
  private final Path log;
  private final Thread keeper;
  private volatile boolean closing;
  private volatile @Nullable Process process;

  /**
   * Starts it.
   *
   * @param log where what it says goes; the file before last is kept
   */
  public Child(String name, List<String> command, Path log) {
    this.name = name;
    this.command = command;
    this.log = log;
    start();
    keeper = new Thread(this::keepAlive, "keep-" + name);
    keeper.setDaemon(true);
    keeper.start();
  }

  private void start() {
    try {
      if (Files.exists(log) && Files.size(log) > LOG_LIMIT)
        Files.move(
            log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException("The " + name + " could not be started", e);
    }
  }

  private void keepAlive() {
    Duration pause = Duration.ofSeconds(1);
    try {
      while (!closing) {
        long startedAt = System.nanoTime();
        int exit = running().waitFor();
        if (closing) return;
        if (System.nanoTime() - startedAt > HEALTHY.toNanos()) pause = Duration.ofSeconds(1);
        LOG.warn(
            "The {} ended with code {} and is started again in {} s; see {}",
            name,
            exit,
            pause.toSeconds(),
            log);
        Thread.sleep(pause.toMillis());
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                ? pause.multipliedBy(2)
                : LONGEST_PAUSE;
        if (!closing) start();
      }
    } catch (InterruptedException e) {
      // Closing.
    }
  }

  private Process running() {
    Process now = process;
    if (now == null) throw new IllegalStateException("Started in the constructor");
    return now;
  }

  /** Whether it runs at the moment. */
  public boolean isAlive() {
    return running().isAlive();
  }

  /** Asks it to end, and makes it end when it takes too long. */
  @Override
  public void close() {
    closing = true;
    keeper.interrupt();
    try {
      keeper.join(); // else it might just be starting the program again
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Process last = running();
    last.destroy();
    try {
      if (!last.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("The {} did not end within {} s and is killed", name, GRACE.toSeconds());
        last.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      last.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
