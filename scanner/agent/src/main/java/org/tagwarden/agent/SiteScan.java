package org.tagwarden.agent;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.tagwarden.agent.browser.BrowserSettings;
import org.tagwarden.agent.crawl.Frontier;
import org.tagwarden.agent.crawl.PagesNotFoundException;
import org.tagwarden.agent.observe.KnownSources;
import org.tagwarden.agent.secrets.Secrets;
import org.tagwarden.agent.traffic.CertificateAuthority;
import org.tagwarden.agent.traffic.OwnPorts;
import org.tagwarden.agent.traffic.TrafficLimits;
import org.tagwarden.agent.traffic.TrafficProxy;
import org.tagwarden.report.ScannerIdentity;
import org.tagwarden.report.VisitOptions;

/** Scans sites with one browser and one proxy, both of which live as long as this does. */
public final class SiteScan implements AutoCloseable {
  private final ScannerSettings settings;
  private final TrafficProxy proxy;
  private final BrowserKeeper browsers;
  private final PageSearch search;
  private final ScanRun.Means means;
  private final ExecutorService threads = Executors.newCachedThreadPool(SiteScan::thread);

  /** Starts the proxy; the browser starts with the first visit. */
  public SiteScan(ScannerSettings settings) {
    this(settings, OwnPorts.withoutServer());
  }

  /** As above, with the ports that no page may reach. */
  public SiteScan(ScannerSettings settings, OwnPorts own) {
    this(settings, own, TrafficLimits.USUAL);
  }

  SiteScan(ScannerSettings settings, OwnPorts own, TrafficLimits limits) {
    this.settings = settings;
    CertificateAuthority authority = CertificateAuthority.in(settings.dataDir().resolve("proxy"));
    this.proxy =
        new TrafficProxy(authority, settings.caCertificate(), own, settings.dnsServer(), limits);
    Path profiles = settings.dataDir().resolve("profiles");
    this.browsers =
        new BrowserKeeper(
            new BrowserSettings(
                settings.chromium(),
                settings.chromedriver(),
                profiles,
                authority.spkiSha256(),
                settings.noSandbox()),
            own);
    Clock clock = Clock.systemUTC();
    Gate gate = new Gate(settings, Secrets.in(settings.dataDir()), clock);
    this.search = new PageSearch(proxy, authority, gate, () -> identity().userAgent());
    VisitRun.Means visits = new VisitRun.Means(browsers, proxy, gate, new KnownSources(), clock);
    this.means =
        new ScanRun.Means(
            new PageVisitor(visits),
            new JourneyVisitor(visits),
            new Slots(settings.concurrency(), new MachineRoom()),
            clock);
  }

  /**
   * Signs in if it has to, finds the pages and visits them all, then takes the journeys; returns
   * when the last visit has been handed over. May be called for several sites at once. {@link
   * PagesNotFoundException} when there are no pages, {@link ScannerUnfitException} when this
   * machine cannot scan, {@link ScanInterruptedException} when the thread is interrupted.
   */
  public void scan(ScanOrder order, ScanListener listener) {
    ScanRun run = new ScanRun(order, listener, means);
    try {
      run.signIn();
      PageSearch.Found found = search.find(order.pages(), order.options());
      Frontier pages = found.pages();
      listener.pagesFound(pages.pages());
      sideBySide(order.options(), () -> run.visit(pages, found.delayMs()), pages::cancel);
      sideBySide(order.options(), run::travel, run::cancel);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ScanInterruptedException(e);
    }
  }

  /** Who looks; starts the browser if none runs, to ask for its version. */
  public ScannerIdentity identity() {
    try (BrowserKeeper.Lease lease = browsers.lease()) {
      return new ScannerIdentity(
          settings.name(),
          ScannerVersion.VERSION,
          lease.browser().version(),
          lease.browser().userAgent());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    browsers.close();
    proxy.close();
  }

  /** Work that may be interrupted. */
  private interface Work {
    void run() throws InterruptedException;
  }

  /**
   * A thread for each visit side by side, and one for those whose page has been left; each does the
   * work until there is none left.
   */
  private void sideBySide(VisitOptions options, Work work, Runnable cancel)
      throws InterruptedException {
    int workers = Math.min(options.concurrency(), settings.concurrency()) + 1;
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < workers; i++)
      running.add(
          threads.submit(
              () -> {
                work.run();
                return null;
              }));
    try {
      for (Future<?> worker : running) worker.get();
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    } finally {
      cancel.run();
      for (Future<?> worker : running) worker.cancel(true);
    }
  }

  private static RuntimeException rethrown(Throwable cause) throws InterruptedException {
    if (cause instanceof InterruptedException interrupted) throw interrupted;
    if (cause instanceof Error error) throw error;
    return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "visit");
    thread.setDaemon(true);
    return thread;
  }
}
