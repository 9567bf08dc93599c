package org.tagwarden.dashboard.program.up;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was started, to be ended in reverse: when the program is told to stop, or when a later part
 * could not be started.
 */
public final class Parts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

  private final Deque<Part> parts = new ArrayDeque<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean closing;

  private record Part(String name, AutoCloseable what) {}

  /** Ends everything on SIGTERM and Ctrl-C; the JVM waits for it. */
  public Parts() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop"));
  }

  /** Takes a part over; it is ended at once when the end has begun meanwhile. */
  public synchronized <T extends AutoCloseable> T add(String name, T part) {
    parts.push(new Part(name, part));
    if (closing) endAll();
    return part;
  }

  /** Returns when everything has been ended. */
  public void awaitEnd() throws InterruptedException {
    closed.await();
  }

  @Override
  public synchronized void close() {
    closing = true;
    endAll();
    closed.countDown();
  }

  private void endAll() {
    while (!parts.isEmpty()) {
      Part part = parts.pop();
      try {
        part.what().close();
        LOG.info("Stopped: {}", part.name());
      } catch (Exception e) { // the others have to end all the same
        LOG.error("The {} did not end properly", part.name(), e);
      }
    }
  }
}
