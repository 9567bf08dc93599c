package org.tagwarden.agent.work;

import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.agent.delivery.ServerConnection;
import org.tagwarden.agent.delivery.ServerRefusal;
import org.tagwarden.report.ScanJob;

/**
 * Keeps a job ours by a heartbeat every third of its lease. When the server says that the lease is
 * lost, the job's thread is interrupted, once. A server that does not answer changes nothing: the
 * work goes on and its reports wait in the spool.
 */
final class Lease implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

  private final UUID jobId;
  private final ServerConnection server;
  private final Thread worker;
  private final ScheduledFuture<?> beats;
  private volatile boolean lost;

  /** Starts the heartbeat for the calling thread's work. */
  Lease(ScanJob job, ServerConnection server, ScheduledExecutorService timer) {
    this.jobId = job.jobId();
    this.server = server;
    this.worker = Thread.currentThread();
    long every = TimeUnit.SECONDS.toMillis(job.leaseSeconds()) / 3;
    this.beats = timer.scheduleWithFixedDelay(this::beat, every, every, TimeUnit.MILLISECONDS);
  }

  boolean lost() {
    return lost;
  }

  private void beat() {
    try {
      if (server.heartbeat(jobId)) return;
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

  @Override
  public void close() {
    beats.cancel(false);
  }
}
