package org.tagwarden.agent.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.ConnectTo;
import org.tagwarden.agent.ScanOrder;
import org.tagwarden.agent.ScannerSettings;
import org.tagwarden.agent.ScannerUnfitException;
import org.tagwarden.agent.SiteScan;
import org.tagwarden.agent.har.HarWriter;
import org.tagwarden.report.ConsentState;
import org.tagwarden.report.DeviceProfile;
import org.tagwarden.report.PageSet;
import org.tagwarden.report.ReportCodec;
import org.tagwarden.report.ScanReport;
import org.tagwarden.report.VisitOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * One scan without a server, for {@code tagwarden scan}, which starts this in a JVM of its own:
 * events on standard output, files in {@code --out}, one sentence on standard error when it fails.
 */
@Command(
    name = "capture",
    description = "Visit pages once and write report.json and page.har.",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = 2,
    exitCodeOnExecutionException = 3)
public final class CaptureCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "URL", arity = "1..*", description = "The pages.")
  private List<String> urls = new ArrayList<>();

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where files go.")
  private Path out;

  @Option(names = "--data", paramLabel = "DIR", required = true, description = "The proxy's CA.")
  private Path data;

  @Option(names = "--name", defaultValue = "one-off", description = "Name in the report.")
  private String name;

  @Option(names = "--resolve", paramLabel = "HOST:PORT:ADDRESS", description = "As curl.")
  private List<String> resolve = new ArrayList<>();

  @Option(names = "--connect-to", paramLabel = "H1:P1:H2:P2", description = "As curl.")
  private List<String> connectTo = new ArrayList<>();

  @Option(names = "--cacert", paramLabel = "FILE", description = "Further CAs to trust, PEM.")
  private @Nullable Path caCertificate;

  @Option(names = "--insecure", description = "Visit although a certificate is not trusted.")
  private boolean insecure;

  @Option(names = "--allow-private", description = "Connect to private addresses, too.")
  private boolean allowPrivate;

  @Option(names = "--concurrency", defaultValue = "2", description = "Visits side by side.")
  private int concurrency;

  @Option(names = "--timeout-ms", defaultValue = "60000", description = "Longest visit.")
  private long timeoutMs;

  @Option(names = "--settle-ms", defaultValue = "3500", description = "Wait after load.")
  private long settleMs;

  @Option(names = "--device", defaultValue = "desktop", description = "desktop or mobile.")
  private String device;

  @Mixin private VisitorOptions visitor;

  @Option(names = "--chromium", defaultValue = "${env:TAGWARDEN_SCANNER_CHROMIUM}")
  private @Nullable String chromium;

  @Option(names = "--chromedriver", defaultValue = "${env:TAGWARDEN_SCANNER_CHROMEDRIVER}")
  private @Nullable String chromedriver;

  @Option(
      names = "--dns-server",
      paramLabel = "HOST:PORT",
      description = "Ask this DNS server what hosts are aliases of.")
  private @Nullable String dnsServer;

  @Option(names = "--no-sandbox", description = "Run Chromium without its sandbox.")
  private boolean noSandbox;

  @Option(names = "--end-with-stdin", hidden = true, description = "Stop when stdin ends.")
  private boolean endWithStdin;

  @Override
  public Integer call() throws IOException {
    if (endWithStdin) ParentWatch.onEnd(() -> System.exit(3));
    ScanOrder order;
    ScannerSettings settings;
    try {
      order = new ScanOrder(UUID.randomUUID(), pages(), options());
      settings = settings();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    try (SiteScan scan = new SiteScan(settings)) {
      // Exit hooks do not unwind this stack: Ctrl-C must not leave a browser behind.
      Runtime.getRuntime().addShutdownHook(new Thread(scan::close, "close-browser"));
      CaptureEvents events = new CaptureEvents(System.out);
      scan.scan(order, events);
      if (events.sawNothing()) throw new ScannerUnfitException("The scan visited no page.");
      write(events.report(order.scanId(), scan.identity()));
      return 0;
    } catch (ScannerUnfitException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return 3;
    }
  }

  private void write(ScanReport report) throws IOException {
    Files.write(out.resolve("report.json"), ReportCodec.write(report));
    Files.write(out.resolve("page.har"), HarWriter.write(report));
  }

  private PageSet pages() {
    return new PageSet(PageSet.Kind.LIST, urls, urls.size());
  }

  private VisitOptions options() {
    DeviceProfile profile =
        switch (device) {
          case "desktop" -> DeviceProfile.DESKTOP;
          case "mobile" -> DeviceProfile.MOBILE;
          default ->
              throw new IllegalArgumentException(
                  "--device is desktop or mobile, not \"" + device + "\".");
        };
    return visitor.applyTo(
        new VisitOptions(
            ConsentState.NONE,
            profile,
            settleMs,
            timeoutMs,
            concurrency,
            0,
            allowPrivate,
            insecure));
  }

  private ScannerSettings settings() {
    List<ConnectTo> mappings = new ArrayList<>();
    resolve.forEach(text -> mappings.add(ConnectTo.parseResolve(text)));
    connectTo.forEach(text -> mappings.add(ConnectTo.parseConnectTo(text)));
    return new ScannerSettings(
        name,
        data,
        mappings,
        caCertificate,
        chromium,
        chromedriver,
        concurrency,
        noSandbox,
        dnsServer,
        null);
  }
}
