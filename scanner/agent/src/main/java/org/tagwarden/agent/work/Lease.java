package org.tagwarden.agent.work;

import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.agent.delivery.ServerConnection;
import org.tagwarden.agent.delivery.ServerRefusal;
import org.tagwarden.report.ScanJob;

/**
 * Keeps a job ours by a heartbeat every third of its lease, which also tells how far it is. When
 * the server says that the lease is lost, the job's thread is interrupted, once. A server that does
 * not answer changes nothing: the work goes on and its reports wait in the spool.
 */
final class Lease implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

  private static final long LEAST_PAUSE_MS = 1_000;

  private final UUID jobId;
  private final ServerConnection server;
  private final Thread worker;
  private final ScheduledFuture<?> beats;
  private final ScheduledExecutorService timer;
  private final AtomicBoolean soon = new AtomicBoolean();
  private volatile @Nullable Progress progress;
  private volatile long lastBeat = System.nanoTime();
  private volatile boolean lost;

  /** Starts the heartbeat for the calling thread's work. */
  Lease(ScanJob job, ServerConnection server, ScheduledExecutorService timer) {
    this.jobId = job.jobId();
    this.timer = timer;
    this.server = server;
    this.worker = Thread.currentThread();
    long every = TimeUnit.SECONDS.toMillis(job.leaseSeconds()) / 3;
    this.beats = timer.scheduleWithFixedDelay(this::beat, every, every, TimeUnit.MILLISECONDS);
  }

  boolean lost() {
    return lost;
  }

  /** Tells the server how far the job is: at once, but at most once a second. */
  void progress(Progress now) {
    progress = now;
    if (!soon.compareAndSet(false, true)) return;
    long sinceMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastBeat);
    try {
      timer.schedule(this::beat, Math.max(0, LEAST_PAUSE_MS - sinceMs), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("The scanner is ending; nobody is told of job {} any more", jobId);
    }
  }

  private void beat() {
    if (lost) return;
    soon.set(false);
    lastBeat = System.nanoTime();
    try {
      if (server.heartbeat(jobId, body())) return;
      lost = true;
      beats.cancel(false);
      LOG.warn("The server gave job {} to another scanner; the work on it stops here", jobId);
      worker.interrupt();
    } catch (IOException | ServerRefusal e) {
      LOG.debug("Heartbeat of job {} failed: {}", jobId, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Map<String, Object> body() {
    Progress now = progress;
    return now == null ? Map.of() : now.body();
  }

  @Override
  public void close() {
    beats.cancel(false);
  }
}
