package org.tagwarden.agent.work;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.agent.ScanListener;
import org.tagwarden.agent.ScanOrder;
import org.tagwarden.agent.VisitResult;
import org.tagwarden.agent.delivery.ReportKind;
import org.tagwarden.agent.delivery.ServerRefusal;
import org.tagwarden.report.PageSet;
import org.tagwarden.report.ScanJob;
import org.tagwarden.report.ScanReport;

/** One job, from order to finish, on the calling thread. */
final class JobRun {
  private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

  private final ScanJob job;
  private final WorkTools tools;
  private final BooleanSupplier stopping;
  private final Queue<CompletableFuture<Boolean>> reports = new ConcurrentLinkedQueue<>();

  /**
   * @param stopping whether the program is ending, which interrupts the thread
   */
  JobRun(ScanJob job, WorkTools tools, BooleanSupplier stopping) {
    this.job = job;
    this.tools = tools;
    this.stopping = stopping;
  }

  /**
   * Measures, waits until the server has every report, and gives the job back. Interrupted by the
   * end of the program it gives the job back to be tried again; by a lost lease, it just ends.
   */
  void run(Lease lease) {
    LOG.info("Job {}: {} of {}", job.jobId(), word(job.kind()), job.site());
    @Nullable String problem = measure(new JobProgress(job, lease::progress));
    Thread.interrupted(); // told by the lease or by stopping, whether or not the scan kept the flag
    if (lease.lost()) return;
    if (stopping.getAsBoolean()) {
      finish("The scanner was stopped while it worked on this job.", false);
      return;
    }
    try {
      if (problem == null && !awaitReports())
        problem = "The server refused a report of this job; the scanner keeps it in rejected/.";
      finish(problem, true);
    } catch (InterruptedException e) {
      if (!lease.lost()) finish("The scanner was stopped before its reports had arrived.", false);
    }
  }

  /** Null when all went well, else one sentence about what did not. */
  private @Nullable String measure(JobProgress progress) {
    try {
      if (job.kind() == ScanJob.Kind.LIGHTHOUSE) measureSpeed();
      else
        tools
            .pages()
            .scan(
                new ScanOrder(
                    job.scanId(), job.pages(), job.options(), job.journeys(), job.signIn()),
                listener(progress));
      return null;
    } catch (UncheckedIOException e) {
      LOG.error("Job {}: a report could not be put on the disk", job.jobId(), e);
      return "A report could not be written to the scanner's disk: " + e.getMessage();
    } catch (RuntimeException e) {
      if (!stopping.getAsBoolean()) LOG.error("Job {} ({}) failed", job.jobId(), job.site(), e);
      return e.getMessage() == null ? e.toString() : e.getMessage();
    }
  }

  private void measureSpeed() {
    Lighthouse lighthouse = tools.lighthouse();
    if (lighthouse == null)
      throw new IllegalStateException("This scanner was told not to run Lighthouse.");
    for (String url : pagesToMeasure()) {
      if (Thread.currentThread().isInterrupted()) return;
      send(
          ReportKind.LIGHTHOUSE,
          lighthouse.run(UUID.randomUUID(), job.scanId(), job.jobId(), url, job.options()));
    }
  }

  /** A sitemap is no page: there the site's start page is measured. */
  private List<String> pagesToMeasure() {
    PageSet pages = job.pages();
    if (pages.kind() == PageSet.Kind.SITEMAP)
      return List.of(URI.create(pages.urls().get(0)).resolve("/").toString());
    return pages.urls().subList(0, Math.min(pages.limit(), pages.urls().size()));
  }

  private ScanListener listener(JobProgress progress) {
    return new ScanListener() {
      @Override
      public void pagesFound(List<String> urls) {
        LOG.info("Job {}: {} pages", job.jobId(), urls.size());
        progress.pagesFound(urls);
      }

      @Override
      public void visitStarted(String url) {
        LOG.debug("Job {}: visiting {}", job.jobId(), url);
        progress.visitStarted(url);
      }

      @Override
      public void visited(VisitResult result) {
        LOG.info(
            "Job {}: {} {}, {} requests",
            job.jobId(),
            result.visit().page(),
            result.visit().outcome(),
            result.visit().requests().size());
        send(
            ReportKind.SCAN,
            ScanReport.of(
                job.scanId(),
                job.jobId(),
                tools.pages().identity(),
                List.of(result.visit()),
                result.bodies(),
                result.images()));
        progress.visited(result);
      }
    };
  }

  private void send(ReportKind kind, Object report) {
    try {
      reports.add(tools.delivery().send(kind, report));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean awaitReports() throws InterruptedException {
    boolean all = true;
    for (CompletableFuture<Boolean> report : reports) {
      try {
        all &= report.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("A delivery never fails, it waits", e);
      }
    }
    return all;
  }

  private void finish(@Nullable String problem, boolean patient) {
    Duration wait = FIRST_RETRY;
    while (true) {
      try {
        if (!tools.server().finish(job.jobId(), problem))
          LOG.info("Job {} was no longer ours when it ended", job.jobId());
        return;
      } catch (ServerRefusal e) {
        if (!e.isTransient() || !patient) {
          LOG.warn("Job {} could not be given back: {}", job.jobId(), e.getMessage());
          return;
        }
      } catch (IOException e) {
        if (!patient) {
          LOG.info("Job {} could not be given back ({}); its lease will run out", job.jobId(), e);
          return;
        }
      } catch (InterruptedException e) {
        patient = false;
        continue;
      }
      try {
        Thread.sleep(wait.toMillis());
      } catch (InterruptedException e) {
        patient = false; // one last try
      }
      wait =
          wait.multipliedBy(2).compareTo(Duration.ofMinutes(1)) < 0 ? wait.multipliedBy(2) : wait;
    }
  }

  private static String word(ScanJob.Kind kind) {
    return kind == ScanJob.Kind.LIGHTHOUSE ? "Lighthouse" : "page visits";
  }
}
