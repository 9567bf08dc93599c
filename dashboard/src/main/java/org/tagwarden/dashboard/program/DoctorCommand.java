package org.tagwarden.dashboard.program;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what is missing on this machine and how to get it. */
@Command(
    name = "doctor",
    description = "Say what is missing on this machine and how to get it.",
    mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {
  private static final Pattern MAJOR = Pattern.compile("(\\d+)\\.\\d+\\.\\d+");
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome");

  @Spec private CommandSpec spec;

  @Option(names = "--port", defaultValue = "8844", description = "The server's port.")
  private int port;

  private int missing;

  @Override
  public Integer call() {
    tell(true, "Java " + Runtime.version(), "");
    String browser = firstVersion(BROWSERS);
    tell(browser != null, browser == null ? "Chromium" : browser, "apt-get install chromium");
    String driver = firstVersion(List.of("chromedriver"));
    tell(
        driver != null,
        driver == null ? "chromedriver" : driver,
        "apt-get install chromium-driver");
    if (browser != null && driver != null)
      tell(
          major(browser).equals(major(driver)),
          "Chromium and chromedriver of the same version",
          "apt-get install --only-upgrade chromium chromium-driver");
    String node = firstVersion(List.of("node"));
    tell(node != null, "Node.js " + (node == null ? "" : node), "apt-get install nodejs npm");
    Path home = Home.find().folder();
    tell(Files.isWritable(home), home + " can be written to", "clone it to a folder of yours");
    tell(isFree(port), "port " + port + " is free", "stop what uses it, or use --port N");
    spec.commandLine().getOut().flush();
    return missing == 0 ? 0 : ProgramFailure.CANNOT;
  }

  private void tell(boolean good, String what, String remedy) {
    PrintWriter out = spec.commandLine().getOut();
    if (!good) missing++;
    out.println((good ? "ok       " : "MISSING  ") + what + (good ? "" : ": " + remedy));
  }

  private static @Nullable String firstVersion(List<String> programs) {
    for (String program : programs) {
      try {
        Process process =
            new ProcessBuilder(program, "--version")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() == 0) return said.strip().lines().findFirst().orElse(program);
      } catch (IOException e) {
        // Not installed: the next name.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return null;
      }
    }
    return null;
  }

  private static String major(String version) {
    Matcher match = MAJOR.matcher(version);
    return match.find() ? match.group(1) : version;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
