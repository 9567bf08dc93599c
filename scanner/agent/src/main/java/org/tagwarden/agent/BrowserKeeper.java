package org.tagwarden.agent;

import java.net.http.HttpClient;
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
    if (closed) throw new IllegalStateException("The scanner is closed");
    Kept kept = current;
    if (kept != null && !kept.browser.fit()) {
      if (kept.users == 0) end(kept.browser);
      kept = null;
    }
    if (kept == null) {
      kept = new Kept(start());
      current = kept;
    }
    kept.users++;
    return new Lease(kept);
  }

  private Browser start() {
    Browser started;
    try {
      started = Browser.start(settings, http);
    } catch (CdpException e) {
      LOG.warn("The browser started and did not answer; starting another", e);
      started = Browser.start(settings, http);
    }
    started.ports().forEach(own::add);
    return started;
  }

  private void end(Browser browser) {
    browser.close();
    browser.ports().forEach(own::remove);
  }

  private synchronized void giveBack(Kept kept) {
    kept.users--;
    if (kept.users > 0 || (kept == current && kept.browser.fit() && !closed)) return;
    if (kept == current) current = null;
    end(kept.browser);
  }

  /** Visits under way keep their browser until they end. */
  @Override
  public synchronized void close() {
    closed = true;
    Kept kept = current;
    if (kept == null) return;
    current = null;
    end(kept.browser);
  }
}
