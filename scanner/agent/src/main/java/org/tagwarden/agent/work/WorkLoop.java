package org.tagwarden.agent.work;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.agent.delivery.Backoff;
import org.tagwarden.agent.delivery.Claim;
import org.tagwarden.agent.delivery.ServerRefusal;
import org.tagwarden.agent.delivery.Spool;
import org.tagwarden.report.ScanJob;
import org.tagwarden.report.ScanJob.Kind;
import org.tagwarden.report.ScannerIdentity;

/**
 * Claims jobs and runs them, several side by side, but nothing beside a Lighthouse run: that is
 * only asked for when nothing else runs, and nothing else is asked for while it runs. When visits
 * keep the scanner busy for long, it lets them run out so that Lighthouse has its turn.
 */
public final class WorkLoop {
  private static final Logger LOG = LoggerFactory.getLogger(WorkLoop.class);
  private static final int WAIT_SECONDS = 20;
  private static final Duration LIGHTHOUSE_TURN = Duration.ofMinutes(2);
  private static final Duration FULL_SPOOL_PAUSE = Duration.ofSeconds(5);

  private final WorkTools tools;
  private final Spool spool;
  private final Clock clock;
  private final int jobs;
  private final Semaphore slots;
  private final Backoff backoff = Backoff.forServers();
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService heartbeats =
      Executors.newSingleThreadScheduledExecutor(daemon());
  private Instant lighthouseAskedAt;
  private boolean away;
  private volatile boolean stopping;

  /**
   * @param jobs most jobs side by side
   */
  public WorkLoop(WorkTools tools, Spool spool, Clock clock, int jobs) {
    this.tools = tools;
    this.spool = spool;
    this.clock = clock;
    this.jobs = jobs;
    this.slots = new Semaphore(jobs);
    this.lighthouseAskedAt = clock.instant();
  }

  /** Works until the calling thread is interrupted, then gives unfinished jobs back and returns. */
  public void run() {
    try {
      while (true) {
        awaitRoom();
        boolean alone = awaitSlot();
        Optional<ScanJob> job = claim(alone);
        if (job.isPresent()) start(job.get());
        else slots.release();
      }
    } catch (InterruptedException e) {
      stop();
    }
  }

  /** Takes a slot; true when this scanner does nothing else at the moment. */
  private boolean awaitSlot() throws InterruptedException {
    boolean lighthouseIsDue =
        tools.lighthouse() != null
            && Duration.between(lighthouseAskedAt, clock.instant()).compareTo(LIGHTHOUSE_TURN) > 0;
    if (lighthouseIsDue) {
      slots.acquire(jobs);
      slots.release(jobs - 1);
      return true;
    }
    slots.acquire();
    return slots.availablePermits() == jobs - 1;
  }

  private void awaitRoom() throws InterruptedException {
    boolean said = false;
    while (!spool.hasRoom()) {
      if (!said) LOG.warn("No new jobs are taken: {}", spool.fill());
      said = true;
      Thread.sleep(FULL_SPOOL_PAUSE.toMillis());
    }
  }

  private Optional<ScanJob> claim(boolean alone) throws InterruptedException {
    boolean withLighthouse = alone && tools.lighthouse() != null;
    if (withLighthouse) lighthouseAskedAt = clock.instant();
    ScannerIdentity me = tools.pages().identity();
    List<Kind> kinds =
        withLighthouse ? List.of(Kind.VISITS, Kind.LIGHTHOUSE) : List.of(Kind.VISITS);
    try {
      Optional<ScanJob> job =
          tools
              .server()
              .claim(new Claim(me.name(), me.version(), me.browser(), kinds, WAIT_SECONDS));
      if (away) LOG.info("The server answers again");
      away = false;
      backoff.reset();
      return job;
    } catch (ServerRefusal e) {
      if (!away) LOG.error("The server gives no jobs: {}", e.getMessage());
    } catch (IOException e) {
      if (!away) LOG.warn("The server cannot be reached, trying again: {}", e.toString());
    }
    away = true;
    Thread.sleep(backoff.next().toMillis());
    return Optional.empty();
  }

  private void start(ScanJob job) throws InterruptedException {
    boolean alone = job.kind() == Kind.LIGHTHOUSE;
    // The job's own slot is held already; Lighthouse takes all the others as well.
    if (alone) slots.acquire(jobs - 1);
    Thread thread =
        new Thread(
            () -> {
              try (Lease lease = new Lease(job, tools.server(), heartbeats)) {
                new JobRun(job, tools, () -> stopping).run(lease);
              } finally {
                running.remove(Thread.currentThread());
                slots.release(alone ? jobs : 1);
              }
            },
            "job-" + job.jobId().toString().substring(0, 8));
    running.add(thread);
    thread.start();
  }

  private void stop() {
    stopping = true;
    running.forEach(Thread::interrupt);
    for (Thread thread : running) {
      try {
        thread.join(TimeUnit.SECONDS.toMillis(10));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    heartbeats.shutdownNow();
  }

  private static java.util.concurrent.ThreadFactory daemon() {
    return task -> {
      Thread thread = new Thread(task, "heartbeats");
      thread.setDaemon(true);
      return thread;
    };
  }
}
