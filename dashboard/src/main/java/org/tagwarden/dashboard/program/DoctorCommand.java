package org.tagwarden.dashboard.program;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tagwarden.dashboard.program.up.Ports;
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

  private static final Duration PATIENCE = Duration.ofSeconds(3);

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
    tellOfPort();
    spec.commandLine().getOut().flush();
    return missing == 0 ? 0 : ProgramFailure.CANNOT;
  }

  /** A Tagwarden that runs already is no obstacle. */
  private void tellOfPort() {
    if (!Ports.isFree(port) && answersAsTagwarden())
      tell(true, "port " + port + " is in use: a Tagwarden answers there", "");
    else
      tell(Ports.isFree(port), "port " + port + " is free", "stop what uses it, or use --port N");
  }

  private boolean answersAsTagwarden() {
    URI health = URI.create("http://127.0.0.1:" + port + "/health");
    HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    try {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(health).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 && answer.body().equals("ok\n");
    } catch (IOException e) {
      return false; // Whatever it is, it is not ours.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
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
}
