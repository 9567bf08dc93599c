package org.tagwarden.agent;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.tagwarden.agent.browser.BrowserSettings;
import org.tagwarden.agent.crawl.Frontier;
import org.tagwarden.agent.crawl.PageUrl;
import org.tagwarden.agent.crawl.PagesNotFoundException;
import org.tagwarden.agent.crawl.ProxiedFetcher;
import org.tagwarden.agent.crawl.SitemapReader;
import org.tagwarden.agent.traffic.CertificateAuthority;
import org.tagwarden.agent.traffic.OwnPorts;
import org.tagwarden.agent.traffic.TrafficPort;
import org.tagwarden.agent.traffic.TrafficProxy;
import org.tagwarden.agent.traffic.TrafficRules;
import org.tagwarden.report.ConsentState;
import org.tagwarden.report.PageSet;
import org.tagwarden.report.ScannerIdentity;
import org.tagwarden.report.VisitOptions;

/** Scans sites with one browser and one proxy, both of which live as long as this does. */
public final class SiteScan implements AutoCloseable {
  private final ScannerSettings settings;
  private final CertificateAuthority authority;
  private final TrafficProxy proxy;
  private final BrowserKeeper browsers;
  private final PageVisitor visitor;
  private final Semaphore slots;
  private final ExecutorService threads = Executors.newCachedThreadPool(SiteScan::thread);

  /** Starts the proxy; the browser starts with the first visit. */
  public SiteScan(ScannerSettings settings) {
    this(settings, OwnPorts.withoutServer());
  }

  /** As above, with the ports that no page may reach. */
  public SiteScan(ScannerSettings settings, OwnPorts own) {
    this.settings = settings;
    this.authority = CertificateAuthority.in(settings.dataDir().resolve("proxy"));
    this.proxy = new TrafficProxy(authority, settings.caCertificate(), own, settings.dnsServer());
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
    this.visitor = new PageVisitor(browsers, proxy, settings, Clock.systemUTC());
    this.slots = new Semaphore(settings.concurrency(), true);
  }

  /**
   * Finds the pages and visits them all; returns when the last visit has been handed over. May be
   * called for several sites at once. {@link PagesNotFoundException} when there are no pages,
   * {@link ScannerUnfitException} when this machine cannot scan, {@link ScanInterruptedException}
   * when the thread is interrupted.
   */
  public void scan(ScanOrder order, ScanListener listener) {
    try {
      Frontier pages = find(order.pages(), order.options());
      listener.pagesFound(pages.pages());
      visitAll(pages, order.options(), listener);
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

  private Frontier find(PageSet pages, VisitOptions options) throws InterruptedException {
    List<String> urls = new ArrayList<>();
    for (String url : pages.urls())
      urls.add(
          PageUrl.read(url)
              .orElseThrow(
                  () ->
                      new PagesNotFoundException(
                          "\""
                              + url
                              + "\" is no page's address: it should look like"
                              + " https://www.example.com/path.")));
    return switch (pages.kind()) {
      case LIST -> Frontier.of(urls, pages.limit());
      case CRAWL -> Frontier.crawl(urls, pages.limit());
      case SITEMAP -> Frontier.of(fromSitemap(urls, pages.limit(), options), pages.limit());
    };
  }

  private List<String> fromSitemap(List<String> urls, int limit, VisitOptions options)
      throws InterruptedException {
    TrafficRules rules =
        new TrafficRules(settings.connectTo(), options.allowPrivate(), options.insecure(), false);
    try (TrafficPort port = proxy.open(rules, null)) {
      String userAgent = identity().userAgent();
      ProxiedFetcher fetcher = new ProxiedFetcher(port, authority.certificate(), userAgent);
      return new SitemapReader(fetcher).pages(urls, limit);
    }
  }

  /** One thread per visit side by side; each takes pages until there are no more. */
  private void visitAll(Frontier pages, VisitOptions options, ScanListener listener)
      throws InterruptedException {
    Pace pace = new Pace(options.delayMs());
    int workers = Math.min(options.concurrency(), settings.concurrency());
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < workers; i++)
      running.add(
          threads.submit(
              () -> {
                visitSome(pages, pace, options, listener);
                return null;
              }));
    try {
      for (Future<?> worker : running) worker.get();
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    } finally {
      pages.cancel();
      for (Future<?> worker : running) worker.cancel(true);
    }
  }

  private void visitSome(Frontier pages, Pace pace, VisitOptions options, ScanListener listener)
      throws InterruptedException {
    for (String url = pages.next(); url != null; url = pages.next()) {
      List<String> links = List.of();
      try {
        slots.acquire();
        try {
          links = visitOnceForEachChoice(url, pace, options, listener);
        } finally {
          slots.release();
        }
      } finally {
        if (pages.visited(links)) listener.pagesFound(pages.pages());
      }
    }
  }

  /** Several choices are several visits, each of a stranger; returns what the page links to. */
  private List<String> visitOnceForEachChoice(
      String url, Pace pace, VisitOptions options, ScanListener listener)
      throws InterruptedException {
    Set<String> links = new LinkedHashSet<>();
    for (ConsentState choice : options.consents()) {
      pace.await();
      listener.visitStarted(url);
      VisitAssembly.Visited visited = visitor.visit(url, options.withConsents(List.of(choice)));
      links.addAll(visited.links());
      listener.visited(visited.result());
    }
    return List.copyOf(links);
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
