package org.tagwarden.agent.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One running Chromium. Gives out contexts; {@link #fit} tells when it should be replaced. */
public final class Browser implements AutoCloseable {
  private static final long COMMAND_MS = 10_000;
  private static final long OPEN_MS = 20_000;
  private static final int MOST_VISITS = 200;

  /** Every target that is a page's, stopped at its first line until it is being observed. */
  static final Map<String, Object> AUTO_ATTACH =
      Map.of(
          "autoAttach", true,
          "waitForDebuggerOnStart", true,
          "flatten", true,
          "filter",
              List.of(
                  Map.of("type", "browser", "exclude", true),
                  Map.of("type", "browser_ui", "exclude", true),
                  Map.of("type", "tab", "exclude", true),
                  Map.of("type", "webview", "exclude", true),
                  Map.of()));

  private final BrowserProcess process;
  private final CdpConnection connection;
  private final CdpSession session;
  private final String version;
  private final String userAgent;
  private final Map<String, BrowserContext> contexts = new ConcurrentHashMap<>();
  private final AtomicInteger visits = new AtomicInteger();
  private @Nullable ProcessHandle network;
  private volatile boolean misbehaved;

  private Browser(BrowserProcess process, HttpClient http) {
    this.process = process;
    this.connection =
        new CdpConnection(
            http, process.devTools(), (method, params, length) -> event(method, params));
    this.session = new CdpSession(connection, null);
    JsonNode answer = session.call("Browser.getVersion", Map.of(), COMMAND_MS);
    this.version =
        answer
            .path("product")
            .asText()
            .replace("HeadlessChrome/", "Chromium ")
            .replace("Chrome/", "Chromium ");
    this.userAgent = answer.path("userAgent").asText();
    session.call("Target.setAutoAttach", AUTO_ATTACH, COMMAND_MS);
  }

  /** Starts a browser; {@link org.tagwarden.agent.ScannerUnfitException} when it cannot. */
  public static Browser start(BrowserSettings settings, HttpClient http) {
    BrowserProcess process = BrowserProcess.start(settings, http);
    try {
      return new Browser(process, http);
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
  }

  /** Product and version, for example "Chromium 156.0.8078.79". */
  public String version() {
    return version;
  }

  public String userAgent() {
    return userAgent;
  }

  /** Where it and its driver listen on this machine. */
  public List<Integer> ports() {
    return process.ports();
  }

  /** Whether it may be used for another visit. */
  public boolean fit() {
    return !misbehaved && alive() && visits.get() < MOST_VISITS;
  }

  /** Whether it still runs and answers. */
  public boolean alive() {
    return !connection.closed().isDone() && networkAlive();
  }

  /** Marks it as not to be used again. */
  public void misbehaved() {
    misbehaved = true;
  }

  /** A fresh context behind this proxy port, with its page open and observed. */
  public OpenPage open(int proxyPort, int width, int height, TargetListener listener) {
    visits.incrementAndGet();
    Deadline until = Deadline.in(OPEN_MS);
    String id =
        session
            .call(
                "Target.createBrowserContext",
                Map.of(
                    "disposeOnDetach",
                    true,
                    "proxyServer",
                    "http://127.0.0.1:" + proxyPort,
                    "proxyBypassList",
                    "<-loopback>"),
                until.atMost(COMMAND_MS))
            .path("browserContextId")
            .asText();
    BrowserContext context =
        new BrowserContext(connection, session, id, listener, () -> contexts.remove(id));
    contexts.put(id, context);
    try {
      session.call(
          "Browser.setDownloadBehavior",
          Map.of("behavior", "deny", "browserContextId", id, "eventsEnabled", false),
          until.atMost(COMMAND_MS));
      OpenPage open = new OpenPage(context, context.openPage(width, height, until));
      watchNetwork();
      return open;
    } catch (CdpException e) {
      misbehaved();
      closeQuietly(context);
      throw e;
    }
  }

  /** Its process is there at the first page, not before. */
  private synchronized void watchNetwork() {
    if (network != null) return;
    process
        .network()
        .ifPresent(
            found -> {
              network = found;
              found.onExit().thenRun(connection::close);
            });
  }

  private synchronized boolean networkAlive() {
    return network == null || network.isAlive();
  }

  /** A context with its page. */
  public record OpenPage(BrowserContext context, Target page) {}

  @Override
  public void close() {
    connection.close();
    process.close();
  }

  private static void closeQuietly(BrowserContext context) {
    try {
      context.close();
    } catch (CdpException e) {
      // The browser is marked as misbehaving and will be replaced; its context goes with it.
    }
  }

  private void event(String method, JsonNode params) {
    switch (method) {
      case "Target.attachedToTarget" -> attached(params);
      case "Target.detachedFromTarget" -> {
        BrowserContext owner = owner(params.path("sessionId").asText());
        if (owner != null) owner.detached(params.path("sessionId").asText());
      }
      default -> {}
    }
  }

  private void attached(JsonNode params) {
    BrowserContext context =
        contexts.get(params.path("targetInfo").path("browserContextId").asText());
    if (context != null) {
      context.attached(params);
      return;
    }
    CdpSession stranger = new CdpSession(connection, params.path("sessionId").asText());
    stranger.send("Runtime.runIfWaitingForDebugger", Map.of());
    session.send("Target.detachFromTarget", Map.of("sessionId", params.path("sessionId").asText()));
  }

  private @Nullable BrowserContext owner(String sessionId) {
    for (BrowserContext context : contexts.values()) if (context.owns(sessionId)) return context;
    return null;
  }
}
