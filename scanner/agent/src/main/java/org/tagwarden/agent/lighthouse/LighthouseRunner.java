package org.tagwarden.agent.lighthouse;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.agent.ScanInterruptedException;
import org.tagwarden.agent.ScannerSettings;
import org.tagwarden.agent.ScannerUnfitException;
import org.tagwarden.agent.browser.InstalledBrowser;
import org.tagwarden.agent.crawl.PageUrl;
import org.tagwarden.agent.work.Lighthouse;
import org.tagwarden.report.LighthouseReport;
import org.tagwarden.report.Problem;
import org.tagwarden.report.VisitOptions;

/**
 * Measures pages with Lighthouse, one at a time. Whatever goes wrong is a report with a problem;
 * only the scanner's end is an exception.
 */
public final class LighthouseRunner implements Lighthouse, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LighthouseRunner.class);
  private static final Duration DEADLINE = Duration.ofMinutes(3);
  private static final long LONGEST_LOAD_MS = 45_000;

  private final ScannerSettings settings;
  private final Clock clock;
  private final Duration deadline;
  private final TargetCheck targets;
  private @Nullable LighthouseProcess running;
  private boolean closed;

  /** A runner with the usual deadline. */
  public LighthouseRunner(ScannerSettings settings, Clock clock) {
    this(settings, clock, DEADLINE);
  }

  /**
   * @param deadline after which a run is ended, its browser included
   */
  LighthouseRunner(ScannerSettings settings, Clock clock, Duration deadline) {
    this.settings = settings;
    this.clock = clock;
    this.deadline = deadline;
    this.targets = new TargetCheck(settings.connectTo());
  }

  @Override
  public LighthouseReport run(
      UUID runId, UUID scanId, @Nullable UUID jobId, String url, VisitOptions options) {
    Measurement.Run run = new Measurement.Run(runId, scanId, jobId, url, clock.instant());
    try {
      LighthouseReport report = measure(url, options).report(run, null);
      LOG.info(
          "{}: score {}, LCP {} ms",
          url,
          Math.round(report.performanceScore()),
          Math.round(report.lcpMs()));
      return report;
    } catch (LighthouseFailure e) {
      return failed(run, e.problem());
    } catch (ScannerUnfitException e) {
      return failed(
          run,
          new Problem(
              "lighthouse", "start", "scanner-unfit", String.valueOf(e.getMessage()), null));
    } catch (IOException e) {
      LOG.warn("Lighthouse's files", e);
      String sentence = "Lighthouse's files could not be written or read: " + e.getMessage();
      return failed(run, new Problem("lighthouse", "measure", "files", sentence, null));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ScanInterruptedException(e);
    }
  }

  private static LighthouseReport failed(Measurement.Run run, Problem problem) {
    LOG.warn("{}", problem.message());
    return Measurement.NONE.report(run, problem);
  }

  private Measurement measure(String given, VisitOptions options)
      throws LighthouseFailure, IOException, InterruptedException {
    String url =
        PageUrl.read(given)
            .orElseThrow(
                () ->
                    new LighthouseFailure(
                        "start",
                        "no-address",
                        "\""
                            + given
                            + "\" is no page's address: it should look like"
                            + " https://www.example.com/path."));
    URI page = URI.create(url);
    targets.check(page, options.allowPrivate());
    Path folders = settings.dataDir().resolve("lighthouse");
    try (LighthouseProcess process = started(order(url, options), page, options, folders)) {
      if (!process.await(deadline))
        throw new LighthouseFailure(
            "measure",
            "timeout",
            "Lighthouse was not done with "
                + url
                + " after "
                + deadline.toSeconds()
                + " seconds and was ended. The page may never finish to load, or the scanner's"
                + " machine is too busy.");
      if (process.exitCode() != 0)
        throw RuntimeErrors.fromOutput(url, process.exitCode(), process.output());
      return LhrReader.read(process.result());
    } finally {
      forget();
    }
  }

  private LighthouseProcess.Order order(String url, VisitOptions options) throws LighthouseFailure {
    return new LighthouseProcess.Order(
        LighthouseProgram.find(),
        InstalledBrowser.find(settings.chromium()).path(),
        url,
        options.device(),
        Math.min(LONGEST_LOAD_MS, options.timeoutMs()));
  }

  private synchronized LighthouseProcess started(
      LighthouseProcess.Order order, URI page, VisitOptions options, Path folders)
      throws LighthouseFailure, IOException {
    if (closed) throw new IllegalStateException("Lighthouse is closed");
    LighthouseProcess process =
        LighthouseProcess.start(
            order, profile -> LighthouseFlags.line(settings, options, page, profile), folders);
    running = process;
    return process;
  }

  private synchronized void forget() {
    running = null;
  }

  /** Ends a run under way; its thread reports it as failed, or was interrupted. */
  @Override
  public synchronized void close() {
    closed = true;
    if (running != null) running.end();
  }
}
