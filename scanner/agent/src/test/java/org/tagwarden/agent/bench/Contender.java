package org.tagwarden.agent.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.tagwarden.agent.browser.InstalledBrowser;

/** One of those that are compared: a process that visits pages in rounds and records them. */
final class Contender implements AutoCloseable {
  /** What a round is to do; its records go to the folder, their names beginning with the name. */
  record Order(List<String> urls, int together, long dwellMs, String folder, String name) {}

  /** What a round took; CPU seconds by program, over the process and all that it started. */
  record Round(List<RecordedVisit> visits, double seconds, Map<String, Double> cpu) {}

  private static final JsonMapper JSON = new JsonMapper();

  private final String name;
  private final Path folder;
  private final Process process;
  private final Writer orders;
  private final BufferedReader answers;
  private int rounds;

  private Contender(String name, Path folder, List<String> command) throws IOException {
    this.name = name;
    this.folder = Files.createDirectories(folder);
    this.process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    this.orders = process.outputWriter();
    this.answers = process.inputReader();
  }

  /**
   * Our scanner, in a JVM with the flags that it has at work.
   *
   * @param chromium the browser; empty for the installed one
   */
  static Contender scanner(
      Path folder, PlaygroundProcess playground, List<String> flags, String chromium)
      throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add(chromium);
    arguments.add(folder.resolve("data").toString());
    arguments.add(playground.caCertificate().toString());
    arguments.addAll(playground.connectTo());
    return new Contender(
        chromium.isEmpty() ? "Tagwarden" : "Tagwarden, " + Path.of(chromium).getFileName(),
        folder,
        java(flags, ScannerContender.class.getName(), arguments.toArray(new String[0])));
  }

  /** A puppeteer script, with one browser for all pages or one for each. */
  static Contender puppeteer(
      String name, Path folder, PlaygroundProcess playground, Path script, boolean reuse)
      throws IOException {
    Map<String, Object> settings =
        Map.of(
            "chromium", InstalledBrowser.find(null).path().toString(),
            "httpPort", playground.httpPort(),
            "httpsPort", playground.httpsPort(),
            "spki", List.of(spki(playground.caCertificate())),
            "noSandbox", "root".equals(System.getProperty("user.name")),
            "reuse", reuse);
    return new Contender(
        name, folder, List.of("node", script.toString(), JSON.writeValueAsString(settings)));
  }

  String name() {
    return name;
  }

  ProcessTree tree() {
    return new ProcessTree(process.toHandle());
  }

  Round visit(List<String> urls, int together, long dwellMs) {
    String round = String.format(Locale.ROOT, "%03d", rounds++);
    try (CpuMeter meter = new CpuMeter(process.pid())) {
      Map<String, Double> before = meter.seconds();
      long from = System.nanoTime();
      Order order = new Order(urls, together, dwellMs, folder.toString(), round);
      orders.write(JSON.writeValueAsString(order) + "\n");
      orders.flush();
      String answer = answers.readLine();
      if (!"done".equals(answer))
        throw new IllegalStateException(name + " ended in the middle of a round: " + answer);
      double seconds = (System.nanoTime() - from) / 1e9;
      Map<String, Double> used = meter.seconds();
      before.forEach((program, cpu) -> used.merge(program, -cpu, Double::sum));
      return new Round(records(round), seconds, used);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " ended", e);
    }
  }

  private List<RecordedVisit> records(String round) throws IOException {
    List<RecordedVisit> visits = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList())
        if (file.getFileName().toString().startsWith(round + "-"))
          visits.add(RecordedVisit.read(file));
    }
    return visits;
  }

  @Override
  public void close() {
    try {
      orders.close();
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (IOException | InterruptedException e) {
      process.destroyForcibly();
    }
  }

  /** A JVM with this JVM's class path. */
  static List<String> java(List<String> flags, String main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    String logging = System.getProperty("logback.configurationFile");
    if (logging != null) command.add("-Dlogback.configurationFile=" + logging);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main);
    command.addAll(List.of(arguments));
    return command;
  }

  private static String spki(Path pem) throws IOException {
    try (var in = Files.newInputStream(pem)) {
      byte[] key =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(in)
              .getPublicKey()
              .getEncoded();
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }
}
