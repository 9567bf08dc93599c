package org.tagwarden.agent;

import java.net.http.HttpClient;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.agent.browser.Browser;
import org.tagwarden.agent.browser.BrowserSettings;
import org.tagwarden.agent.browser.CdpException;
import org.tagwarden.agent.traffic.OwnPorts;

/**
 * Keeps one browser for all visits and replaces it when it is worn out, misbehaves or was killed. A
 * browser that is replaced closes when its last visit has returned it.
 */
final class BrowserKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BrowserKeeper.class);

  /** A browser and how many visits are using it. */
  private static final class Kept {
    final Browser browser;
    int users;

    Kept(Browser browser) {
      this.browser = browser;
    }
  }

  private final BrowserSettings settings;
  private final OwnPorts own;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Set<Kept> running = new HashSet<>();
  private @Nullable Kept current;
  private boolean closed;

  BrowserKeeper(BrowserSettings settings, OwnPorts own) {
    this.settings = settings;
    this.own = own;
  }

  /** A visit's hold on the browser; closing it gives the browser back. */
  final class Lease implements AutoCloseable {
    private final Kept kept;

    private Lease(Kept kept) {
      this.kept = kept;
    }

    Browser browser() {
      return kept.browser;
    }

    @Override
    public void close() {
      giveBack(kept);
    }
  }

  /** Starts a browser if there is none that is fit; other visits wait meanwhile. */
  synchronized Lease lease() {
    Kept kept = current;
    if (kept == null || !kept.browser.fit()) {
      if (kept != null && kept.users == 0) end(kept);
      kept = start();
      current = kept;
    }
    return leaseOf(kept);
  }

  /** A browser that nobody else uses, now or later: for a page that may have ended one. */
  synchronized Lease leaseAlone() {
    return leaseOf(start());
  }

  private Lease leaseOf(Kept kept) {
    kept.users++;
    return new Lease(kept);
  }

  private Kept start() {
    if (closed) throw new IllegalStateException("The scanner is closed");
    Browser browser;
    try {
      browser = Browser.start(settings, http);
    } catch (CdpException e) {
      LOG.warn("The browser started and did not answer; starting another", e);
      browser = Browser.start(settings, http);
    }
    browser.ports().forEach(own::add);
    Kept kept = new Kept(browser);
    running.add(kept);
    return kept;
  }

  private void end(Kept kept) {
    if (!running.remove(kept)) return;
    if (kept == current) current = null;
    kept.browser.close();
    kept.browser.ports().forEach(own::remove);
  }

  private synchronized void giveBack(Kept kept) {
    kept.users--;
    boolean useful = kept == current && kept.browser.fit();
    if (kept.users == 0 && !useful) end(kept);
  }

  /** Visits under way lose their browser. */
  @Override
  public synchronized void close() {
    closed = true;
    for (Kept kept : List.copyOf(running)) end(kept);
  }
}
