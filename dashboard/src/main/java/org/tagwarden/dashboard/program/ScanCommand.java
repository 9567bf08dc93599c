package org.tagwarden.dashboard.program;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tagwarden.dashboard.program.scan.Capture;
import org.tagwarden.dashboard.program.scan.Judgement;
import org.tagwarden.dashboard.program.scan.OutFolder;
import org.tagwarden.dashboard.program.scan.ProgressLine;
import org.tagwarden.dashboard.program.scan.VisitorArguments;
import org.tagwarden.report.ReportCodec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The one-off scan. */
@Command(
    name = "scan",
    description = "Scan pages once, without a server.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Writes report.json (the evidence), report.html (to read) and page.har (for other tools).",
      "Example: tagwarden scan https://shop.example --fail-on high --out shop"
    })
public final class ScanCommand implements Callable<Integer> {
  private static final int MILLIS = 1000;
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmm");

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "URL", arity = "1..*", description = "The pages to visit.")
  private List<String> urls = new ArrayList<>();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      description = "Where the files go; else ./tagwarden-HOST-DATE.")
  private @Nullable Path out;

  @Mixin private Judgements judgements;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      defaultValue = "desktop",
      description = "desktop or mobile.")
  private String device;

  @Mixin private VisitorArguments visitor;

  @Option(
      names = "--settle",
      paramLabel = "SECONDS",
      defaultValue = "3.5",
      description = "Wait so long after load for late tags (default ${DEFAULT-VALUE}).")
  private double settle;

  @Option(
      names = {"-m", "--timeout"},
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "A visit ends after this (default ${DEFAULT-VALUE}).")
  private double timeout;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      defaultValue = "2",
      description = "Pages side by side (default ${DEFAULT-VALUE}).")
  private int concurrency;

  @Option(
      names = "--resolve",
      paramLabel = "HOST:PORT:ADDRESS",
      description = "Use this address for that host, as curl does.")
  private List<String> resolve = new ArrayList<>();

  @Option(
      names = "--connect-to",
      paramLabel = "HOST1:PORT1:HOST2:PORT2",
      description = "Connect to the second host and port for the first, as curl does.")
  private List<String> connectTo = new ArrayList<>();

  @Option(
      names = "--dns-server",
      paramLabel = "HOST:PORT",
      description = "Ask this DNS server what hosts are aliases of.")
  private @Nullable String dnsServer;

  @Option(names = "--cacert", paramLabel = "FILE", description = "Trust these CAs, too (PEM).")
  private @Nullable Path caCertificate;

  @Option(
      names = {"-k", "--insecure"},
      description = "Visit although a certificate is not trusted; it is reported all the same.")
  private boolean insecure;

  @Option(
      names = "--allow-private",
      description = "Connect to private and loopback addresses, too: for sites of your own.")
  private boolean allowPrivate;

  @Option(
      names = "--chromium",
      paramLabel = "FILE",
      description = "The browser to use; else an installed one is looked for.")
  private @Nullable String chromium;

  @Option(names = "--no-sandbox", description = "Run Chromium without its sandbox.")
  private boolean noSandbox;

  @Override
  public Integer call() throws IOException {
    List<URI> pages = urls.stream().map(ScanCommand::page).toList();
    require(settle >= 0, "--settle", "must not be negative");
    require(timeout > 0, "--timeout", "must be more than 0 seconds");
    require(concurrency > 0, "--concurrency", "must be at least 1");
    if (caCertificate != null && !Files.isReadable(caCertificate))
      throw ProgramFailure.usage("--cacert: " + caCertificate + " cannot be read.");
    Path folder = out != null ? out : Path.of(folderName(pages.get(0)));
    try (OutFolder files = OutFolder.at(folder)) {
      ProgressLine progress =
          new ProgressLine(
              spec.commandLine().getErr(), System.console() != null && !judgements.json());
      new Capture(Home.find().agent(arguments(files.aside())), progress)
          .run(files.aside().resolve("scanner.log"));
      Judgement judgement =
          judgements.of(
              ReportCodec.readReport(Files.readAllBytes(files.aside().resolve("report.json"))));
      Judgements.writePage(judgement, files.aside().resolve("report.html"));
      files.publish(List.of("report.json", "report.html", "page.har"));
      return judgements.tell(judgement, written(folder), spec.commandLine());
    }
  }

  private static Map<String, String> written(Path folder) {
    return Map.of(
        "report", folder.resolve("report.json").toString(),
        "html", folder.resolve("report.html").toString(),
        "har", folder.resolve("page.har").toString());
  }

  private static URI page(String text) {
    try {
      URI uri = new URI(text);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      if ((scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null) return uri;
    } catch (java.net.URISyntaxException e) {
      // Falls through to the same sentence.
    }
    boolean bare = !text.contains("://") && !text.contains(" ");
    throw ProgramFailure.usage(
        "\"" + text + "\" is no web address" + (bare ? ": say https://" + text + "." : "."));
  }

  private static void require(boolean holds, String option, String rule) {
    if (!holds) throw ProgramFailure.usage(option + " " + rule + ".");
  }

  private static String folderName(URI page) {
    return "tagwarden-"
        + page.getHost()
        + "-"
        + STAMP.format(LocalDateTime.now(Clock.systemDefaultZone()));
  }

  private String[] arguments(Path aside) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("capture", "--end-with-stdin", "--out", aside.toString()));
    arguments.addAll(List.of("--data", aside.resolve("scanner").toString()));
    arguments.addAll(List.of("--device", device));
    arguments.addAll(visitor.arguments());
    arguments.addAll(List.of("--settle-ms", String.valueOf(Math.round(settle * MILLIS))));
    arguments.addAll(List.of("--timeout-ms", String.valueOf(Math.round(timeout * MILLIS))));
    arguments.addAll(List.of("--concurrency", String.valueOf(concurrency)));
    for (String mapping : resolve) arguments.addAll(List.of("--resolve", mapping));
    for (String mapping : connectTo) arguments.addAll(List.of("--connect-to", mapping));
    if (caCertificate != null) arguments.addAll(List.of("--cacert", caCertificate.toString()));
    if (dnsServer != null) arguments.addAll(List.of("--dns-server", dnsServer));
    if (insecure) arguments.add("--insecure");
    if (allowPrivate) arguments.add("--allow-private");
    if (chromium != null) arguments.addAll(List.of("--chromium", chromium));
    if (noSandbox) arguments.add("--no-sandbox");
    arguments.addAll(urls);
    return arguments.toArray(String[]::new);
  }
}
