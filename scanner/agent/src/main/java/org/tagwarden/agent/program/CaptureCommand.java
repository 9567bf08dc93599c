package org.tagwarden.agent.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.tagwarden.agent.ScanOrder;
import org.tagwarden.agent.ScannerSettings;
import org.tagwarden.agent.ScannerUnfitException;
import org.tagwarden.agent.SiteScan;
import org.tagwarden.agent.har.HarWriter;
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

  @Option(names = "--concurrency", defaultValue = "2", description = "Visits side by side.")
  private int concurrency;

  @Option(names = "--timeout-ms", defaultValue = "60000", description = "Longest visit.")
  private long timeoutMs;

  @Option(names = "--settle-ms", defaultValue = "3500", description = "Wait after load.")
  private long settleMs;

  @Mixin private VisitorOptions visitor;

  @Mixin private MachineOptions machine;

  @Option(names = "--end-with-stdin", hidden = true, description = "Stop when stdin ends.")
  private boolean endWithStdin;

  @Override
  public Integer call() throws IOException {
    if (endWithStdin) ParentWatch.onEnd(() -> System.exit(3));
    ScanOrder order;
    ScannerSettings settings;
    try {
      order = new ScanOrder(UUID.randomUUID(), pages(), options());
      settings = machine.settings(name, data, concurrency);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    try (SiteScan scan = new SiteScan(settings)) {
      // Exit hooks do not unwind this stack: Ctrl-C must not leave a browser behind.
      Runtime.getRuntime().addShutdownHook(new Thread(scan::close, "close-browser"));
      CaptureEvents events = new CaptureEvents(System.out, order.options().consents().size());
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
    return visitor.applyTo(
        VisitOptions.DEFAULT
            .but()
            .settleMs(settleMs)
            .timeoutMs(timeoutMs)
            .concurrency(concurrency)
            .build());
  }
}
