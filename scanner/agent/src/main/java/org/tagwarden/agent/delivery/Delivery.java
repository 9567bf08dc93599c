package org.tagwarden.agent.delivery;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the spool's reports to the server, one at a time and in order: a report leaves the disk
 * when the server has stored it, moves to {@code rejected/} when the server will never take it, and
 * else is tried again until it does. What an earlier process left behind goes first.
 */
public final class Delivery implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  private final Spool spool;
  private final ServerConnection server;
  private final Backoff backoff;
  private final BlockingQueue<Sending> queue = new LinkedBlockingQueue<>();
  private final Thread thread;

  private record Sending(SpooledReport report, CompletableFuture<Boolean> accepted) {}

  /** Starts delivering. */
  public Delivery(Spool spool, ServerConnection server, Backoff backoff) throws IOException {
    this.spool = spool;
    this.server = server;
    this.backoff = backoff;
    for (SpooledReport left : spool.waiting())
      queue.add(new Sending(left, new CompletableFuture<>()));
    if (!queue.isEmpty()) LOG.info("{}; they are delivered first", spool.fill());
    thread = new Thread(this::deliverAll, "delivery");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Puts a report on the disk and in the queue; it is safe when this returns. The future tells when
   * the server has answered: true when it took it, false when it refused it for good.
   */
  public CompletableFuture<Boolean> send(ReportKind kind, Object report) throws IOException {
    CompletableFuture<Boolean> accepted = new CompletableFuture<>();
    synchronized (queue) { // the order in the queue is the order of the numbers
      queue.add(new Sending(spool.add(kind, report), accepted));
    }
    return accepted;
  }

  private void deliverAll() {
    try {
      while (true) deliver(queue.take());
    } catch (InterruptedException e) {
      // Closed: what is left stays in the spool for the next start.
    }
  }

  /** Returns when this report is off our hands, however long the server is away. */
  private void deliver(Sending sending) throws InterruptedException {
    boolean away = false;
    while (true) {
      try {
        server.deliver(sending.report().kind(), spool.read(sending.report()));
        spool.delivered(sending.report());
        if (away) LOG.info("The server takes reports again");
        backoff.reset();
        sending.accepted().complete(true);
        return;
      } catch (ServerRefusal e) {
        if (!e.isTransient()) {
          reject(sending, e);
          return;
        }
        if (!away) LOG.warn("The server does not take reports now, they wait: {}", e.getMessage());
      } catch (IOException e) {
        if (!away) LOG.warn("The server cannot be reached, reports wait: {}", e.toString());
      }
      away = true;
      Thread.sleep(backoff.next().toMillis());
    }
  }

  private void reject(Sending sending, ServerRefusal refusal) {
    try {
      LOG.error(
          "The server refused a report, which is kept as {}: {}",
          spool.reject(sending.report(), refusal.getMessage()),
          refusal.getMessage());
    } catch (IOException e) {
      LOG.error(
          "The server refused {} ({}), and it could not be moved aside",
          sending.report().file(),
          refusal.getMessage(),
          e);
    }
    sending.accepted().complete(false);
  }

  /** Stops; what is not delivered stays in the spool. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
