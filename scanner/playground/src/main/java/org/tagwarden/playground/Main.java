package org.tagwarden.playground;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the playground until it is stopped. */
@Command(
    name = "playground",
    mixinStandardHelpOptions = true,
    description = "A small internet on loopback to scan.")
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

  public static void main(String[] args) {
    // Before the first logger: a file of another name, since tests of other modules use this one.
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty("logback.configurationFile", "playground-logback.xml");
    }
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public Integer call() throws InterruptedException {
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
    for (String url : playground.urls()) System.out.println("  " + url);
    System.out.flush();
    new CountDownLatch(1).await();
  }
}
