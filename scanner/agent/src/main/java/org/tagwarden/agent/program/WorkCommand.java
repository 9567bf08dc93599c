package org.tagwarden.agent.program;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.agent.ScanListener;
import org.tagwarden.agent.ScanOrder;
import org.tagwarden.agent.ScannerUnfitException;
import org.tagwarden.agent.SiteScan;
import org.tagwarden.agent.delivery.Backoff;
import org.tagwarden.agent.delivery.Delivery;
import org.tagwarden.agent.delivery.ServerConnection;
import org.tagwarden.agent.delivery.Spool;
import org.tagwarden.agent.lighthouse.LighthouseRunner;
import org.tagwarden.agent.traffic.OwnPorts;
import org.tagwarden.agent.work.PageScan;
import org.tagwarden.agent.work.WorkLoop;
import org.tagwarden.agent.work.WorkTools;
import org.tagwarden.report.ScannerIdentity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A scanner that works for a server until it is told to stop. */
@Command(
    name = "work",
    description = "Take scan jobs from a server, scan, and hand the reports in.",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = 2,
    exitCodeOnExecutionException = 3)
public final class WorkCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(WorkCommand.class);

  /** How long a scanner that was told to end may need. */
  private static final Duration GRACE = Duration.ofSeconds(15);

  /** How long we wait for one that still ends, and has our spool. */
  private static final Duration PREDECESSOR = GRACE.plusSeconds(5);

  @Spec private CommandSpec spec;

  @Option(names = "--server", paramLabel = "URL", description = "Where the server is.")
  private @Nullable String server;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description =
          "The scanner's token. Others on this machine can see it here: see --token-file.")
  private @Nullable String token;

  @Option(names = "--token-file", paramLabel = "FILE", description = "File that holds the token.")
  private @Nullable String tokenFile;

  @Option(names = "--name", description = "The name that the server shows for this scanner.")
  private @Nullable String name;

  @Option(names = "--data", paramLabel = "DIR", description = "Folder of its CA and its spool.")
  private @Nullable String data;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings; configs/scanner.yaml documents them all.")
  private @Nullable Path config;

  @Option(names = "--jobs", paramLabel = "N", description = "Most jobs side by side.")
  private @Nullable String jobs;

  @Option(names = "--concurrency", paramLabel = "N", description = "Most visits side by side.")
  private @Nullable String concurrency;

  @Option(
      names = "--connect-to",
      paramLabel = "HOST1:PORT1:HOST2:PORT2",
      description = "Connect there instead, as curl does. Repeatable.")
  private List<String> connectTo = new ArrayList<>();

  @Option(names = "--cacert", paramLabel = "FILE", description = "Further CAs to trust, PEM.")
  private @Nullable String caCertificate;

  @Option(names = "--no-sandbox", description = "Run Chromium without its sandbox.")
  private boolean noSandbox;

  @Option(names = "--no-lighthouse", description = "Take no Lighthouse jobs.")
  private boolean noLighthouse;

  @Option(names = "--end-with-stdin", hidden = true, description = "Stop when stdin ends.")
  private boolean endWithStdin;

  @Override
  public Integer call() throws IOException {
    ScannerConfig settings;
    try {
      settings = ScannerConfig.load(config, System.getenv(), options());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    LOG.info("Settings: {}", settings);
    try {
      work(settings);
      return 0;
    } catch (ScannerUnfitException e) {
      spec.commandLine().getErr().println("tagwarden: " + e.getMessage());
      return 3;
    }
  }

  private Map<String, String> options() {
    Map<String, String> options = new HashMap<>();
    put(options, ScannerKey.SERVER, server);
    put(options, ScannerKey.TOKEN, token);
    put(options, ScannerKey.TOKEN_FILE, tokenFile);
    put(options, ScannerKey.NAME, name);
    put(options, ScannerKey.DATA_DIR, data);
    put(options, ScannerKey.JOBS, jobs);
    put(options, ScannerKey.CONCURRENCY, concurrency);
    put(options, ScannerKey.CA_CERTIFICATE, caCertificate);
    put(options, ScannerKey.NO_SANDBOX, noSandbox ? "true" : null);
    put(options, ScannerKey.LIGHTHOUSE, noLighthouse ? "false" : null);
    put(options, ScannerKey.CONNECT_TO, connectTo.isEmpty() ? null : String.join(",", connectTo));
    return options;
  }

  private static void put(Map<String, String> options, ScannerKey key, @Nullable String value) {
    if (value != null) options.put(key.key(), value);
  }

  /**
   * SIGTERM, Ctrl-C or the parent's end interrupt the loop, and the JVM waits until this thread has
   * tidied up. It waits for a latch, not for the thread: that goes on into System.exit, which only
   * returns when the JVM has ended.
   */
  private void work(ScannerConfig config) throws IOException {
    CountDownLatch tidy = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(stopper(tidy), "stop"));
    if (endWithStdin) ParentWatch.onEnd(() -> System.exit(0));
    ServerConnection connection = new ServerConnection(config.server(), config.token());
    try (Spool spool =
            Spool.await(
                config.settings().dataDir().resolve("spool"),
                config.spoolLimitBytes(),
                PREDECESSOR);
        SiteScan scan = new SiteScan(config.settings(), OwnPorts.withServer(config.server()));
        Delivery delivery = new Delivery(spool, connection, Backoff.forServers());
        LighthouseRunner lighthouse = new LighthouseRunner(config.settings(), Clock.systemUTC())) {
      LOG.info("{} with {}", scan.identity().name(), scan.identity().browser());
      WorkTools tools =
          new WorkTools(pages(scan), config.lighthouse() ? lighthouse : null, delivery, connection);
      new WorkLoop(tools, spool, Clock.systemUTC(), config.jobs()).run();
    } finally {
      tidy.countDown();
    }
  }

  private static Runnable stopper(CountDownLatch tidy) {
    Thread worker = Thread.currentThread();
    return () -> {
      if (tidy.getCount() > 0) LOG.info("Stopping: unfinished jobs go back to the server");
      worker.interrupt();
      try {
        if (!tidy.await(GRACE.toSeconds(), TimeUnit.SECONDS))
          LOG.warn("Not tidy after {} s, ending all the same", GRACE.toSeconds());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  private static PageScan pages(SiteScan scan) {
    return new PageScan() {
      @Override
      public void scan(ScanOrder order, ScanListener listener) {
        scan.scan(order, listener);
      }

      @Override
      public ScannerIdentity identity() {
        return scan.identity();
      }
    };
  }
}
