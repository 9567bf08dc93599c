package org.tagwarden.playground;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.tagwarden.playground.mail.MailCatcher;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the playground, and the mail catcher when its ports are given, until it is stopped. */
@Command(
    name = "playground",
    mixinStandardHelpOptions = true,
    description = "A small internet on loopback to scan, and a catcher for mails.")
public final class Main implements Callable<Integer> {
  @Option(names = "--http-port", defaultValue = "8880", description = "default ${DEFAULT-VALUE}")
  int httpPort;

  @Option(names = "--https-port", defaultValue = "8843", description = "default ${DEFAULT-VALUE}")
  int httpsPort;

  @Option(
      names = "--folder",
      defaultValue = ".tagwarden/playground",
      description = "gets playground-ca.pem; default ${DEFAULT-VALUE}")
  @Nullable Path folder;

  @Option(names = "--smtp-port", description = "catch mails on this port (0: any free one)")
  @Nullable Integer smtpPort;

  @Option(names = "--mail-port", description = "show them in the browser (0: any free port)")
  @Nullable Integer mailPort;

  @Option(names = "--end-with-stdin", hidden = true, description = "stop when stdin ends")
  boolean endWithStdin;

  public static void main(String[] args) {
    // Before the first logger: a file of another name, since tests of other modules use this one.
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty("logback.configurationFile", "playground-logback.xml");
    }
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public Integer call() throws InterruptedException {
    if ((smtpPort == null) != (mailPort == null)) {
      System.err.println("--smtp-port and --mail-port go together: give both or none.");
      return CommandLine.ExitCode.USAGE;
    }
    PlaygroundSettings settings;
    try {
      settings =
          new PlaygroundSettings(httpPort, httpsPort, folder == null ? Path.of(".") : folder);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    try {
      run(settings);
    } catch (IOException e) {
      System.err.println(e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
    return CommandLine.ExitCode.OK;
  }

  /** Until the process is told to stop; the hook then closes what is open. */
  private void run(PlaygroundSettings settings) throws IOException, InterruptedException {
    Playground playground = Playground.start(settings);
    Runtime.getRuntime().addShutdownHook(new Thread(playground::close));
    System.out.println(
        "Playground: http on port "
            + playground.httpPort()
            + ", https on port "
            + playground.httpsPort()
            + ", request log http://127.0.0.1:"
            + playground.httpPort()
            + "/log");
    System.out.println("Certificate authority: " + playground.caCertificate());
    System.out.println("Connect to: " + String.join(" ", playground.connectTo()));
    System.out.println("DNS server: " + playground.dnsServer());
    if (smtpPort != null && mailPort != null) {
      MailCatcher mails = MailCatcher.start(smtpPort, mailPort);
      Runtime.getRuntime().addShutdownHook(new Thread(mails::close));
      System.out.println(
          "Mail catcher: SMTP on port " + mails.smtpPort() + ", read them at " + mails.url());
    }
    for (String url : playground.urls()) System.out.println("  " + url);
    System.out.flush();
    if (endWithStdin) awaitEndOfInput();
    else new CountDownLatch(1).await();
  }

  /** Whoever started us holds the other end, which closes with that process however it ends. */
  private static void awaitEndOfInput() throws IOException {
    while (System.in.read() >= 0) {
      // Nobody talks to us; only the end counts.
    }
  }
}
