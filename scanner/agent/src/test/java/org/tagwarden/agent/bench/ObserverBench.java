package org.tagwarden.agent.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.tagwarden.agent.ConnectTo;
import org.tagwarden.agent.browser.Browser;
import org.tagwarden.agent.browser.BrowserSettings;
import org.tagwarden.agent.observe.KnownSources;
import org.tagwarden.agent.observe.LivePage;
import org.tagwarden.agent.observe.Observers;
import org.tagwarden.agent.traffic.CertificateAuthority;
import org.tagwarden.agent.traffic.OwnPorts;
import org.tagwarden.agent.traffic.TrafficPort;
import org.tagwarden.agent.traffic.TrafficProxy;
import org.tagwarden.agent.traffic.TrafficRules;
import org.tagwarden.playground.content.Content;
import org.tagwarden.report.Screenshot;

/**
 * What the in-page observer and a screenshot cost: CPU of visits of the same pages without and with
 * them, in turns in one browser, so that whatever else the machine does weighs on all alike.
 */
public final class ObserverBench {
  private static final int WARM_UP = 2;
  private static final long SETTLE_MS = 500;
  private static final long LOAD_SECONDS = 60;

  /** What is switched on. */
  private enum Mode {
    WITHOUT,
    OBSERVER,
    OBSERVER_AND_SCREENSHOT
  }

  /** Microseconds of a call, in the page's own world. */
  private static final String CALLS =
      """
      (() => {
        const field = document.createElement('input'), list = document.createElement('ul'), n = 2000;
        const times = f => { const t = performance.now(); for (let i = 0; i < n; i++) f(); return (performance.now() - t) / n * 1000; };
        return [times(() => field.value), times(() => document.cookie), times(() => field.addEventListener('x', null)),
          times(() => localStorage.setItem('bench', 'value')), times(() => field.setAttribute('class', 'c')),
          times(() => { list.innerHTML = '<li><a href="/x">x</a></li>'; })].map(us => us.toFixed(2)).join(' ');
      })()
      """;

  private final Browser browser;
  private final TrafficProxy proxy;
  private final TrafficRules rules;
  private final KnownSources known = new KnownSources();

  private ObserverBench(Browser browser, TrafficProxy proxy, TrafficRules rules) {
    this.browser = browser;
    this.proxy = proxy;
    this.rules = rules;
  }

  /**
   * @param arguments how many rounds of all pages in each mode; 6 unless said otherwise
   */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 6;
    Path folder = Files.createTempDirectory("observer-bench");
    try (PlaygroundProcess playground = PlaygroundProcess.start(folder)) {
      CertificateAuthority authority = CertificateAuthority.in(folder.resolve("proxy"));
      List<ConnectTo> mappings =
          playground.connectTo().stream().map(ConnectTo::parseConnectTo).toList();
      BrowserSettings settings =
          new BrowserSettings(
              null, null, folder.resolve("profiles"), authority.spkiSha256(), false);
      try (TrafficProxy proxy =
              new TrafficProxy(
                  authority, playground.caCertificate(), OwnPorts.withoutServer(), null);
          Browser browser = Browser.start(settings, HttpClient.newHttpClient());
          CpuMeter cpu = new CpuMeter(ProcessHandle.current().pid())) {
        TrafficRules rules = new TrafficRules(mappings, false, false, false);
        new ObserverBench(browser, proxy, rules).run(rounds, cpu);
      }
    }
    System.exit(0);
  }

  private void run(int rounds, CpuMeter cpu) throws Exception {
    List<String> pages = Content.siteUrls();
    Map<Mode, Double> used = new EnumMap<>(Mode.class);
    Map<Mode, String> perCall = new EnumMap<>(Mode.class);
    for (int round = -WARM_UP; round < rounds; round++) {
      for (Mode mode : Mode.values()) {
        double before = total(cpu);
        for (String page : pages) visit(page, mode, "''");
        if (round >= 0) used.merge(mode, total(cpu) - before, Double::sum);
      }
    }
    for (Mode mode : List.of(Mode.WITHOUT, Mode.OBSERVER))
      perCall.put(mode, visit(pages.get(0), mode, CALLS));
    System.out.println(
        "CPU seconds of a visit (browser, scanner and the playground that serves it):");
    used.forEach(
        (mode, seconds) ->
            System.out.printf(
                Locale.ROOT, "  %-24s %.3f%n", name(mode), seconds / (rounds * pages.size())));
    System.out.println(
        "microseconds of a call in the page (a field's value, document.cookie, addEventListener,"
            + " setItem, setAttribute, innerHTML):");
    perCall.forEach((mode, us) -> System.out.printf("  %-24s %s%n", name(mode), us));
  }

  private static String name(Mode mode) {
    return mode.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static double total(CpuMeter cpu) {
    return cpu.seconds().values().stream().mapToDouble(s -> s).sum();
  }

  /** Returns what the page answers to the question at the end. */
  private String visit(String url, Mode mode, String question) throws Exception {
    Observers seen = new Observers(known, false);
    if (mode == Mode.WITHOUT) {
      seen.remove(seen.behaviours);
      seen.remove(seen.storage);
    }
    try (TrafficPort port = proxy.open(rules, URI.create(url))) {
      Browser.OpenPage open = browser.open(port.port(), 1440, 900, seen);
      try {
        open.page().session().call("Page.navigate", Map.of("url", url), 30_000);
        seen.guard.loaded().get(LOAD_SECONDS, TimeUnit.SECONDS);
        Thread.sleep(SETTLE_MS);
        LivePage live = new LivePage(open.context(), open.page(), seen.frames);
        if (mode == Mode.OBSERVER_AND_SCREENSHOT
            && seen.screenshots.takeTop(live, Screenshot.Moment.AFTER_LOAD, 0) == null)
          throw new IOException("No screenshot: " + seen.problems.all());
        seen.atEnd(live);
        return open.page()
            .session()
            .call("Runtime.evaluate", Map.of("expression", question, "returnByValue", true), 60_000)
            .path("result")
            .path("value")
            .asText("?");
      } finally {
        open.context().close();
      }
    }
  }
}
