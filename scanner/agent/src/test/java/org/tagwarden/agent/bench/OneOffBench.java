package org.tagwarden.agent.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.tagwarden.agent.Main;

/**
 * What a scanner costs that is started for one page, with an archive of its classes (AppCDS) and
 * without, in turns; and what making the archive costs once.
 */
public final class OneOffBench {
  private static final long LONGEST_SECONDS = 120;

  private final PlaygroundProcess playground;
  private final Path module;
  private final Path folder;

  /** CPU seconds of the JVM, of all, and seconds on the wall. */
  private record Cost(double jvm, double all, double wall) {
    Cost plus(Cost more) {
      return new Cost(jvm + more.jvm, all + more.all, wall + more.wall);
    }

    String mean(int rounds) {
      return String.format(
          Locale.ROOT, "%10.2f  %12.2f  %6.2f", jvm / rounds, all / rounds, wall / rounds);
    }
  }

  private OneOffBench(PlaygroundProcess playground, Path module, Path folder) {
    this.playground = playground;
    this.module = module;
    this.folder = folder;
  }

  /**
   * @param arguments folder of the scanner's module, which is packaged; rounds to measure
   */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    Path folder = Files.createTempDirectory("tagwarden-bench");
    try (PlaygroundProcess playground = PlaygroundProcess.start(folder)) {
      new OneOffBench(playground, Path.of(arguments[0]), folder).run(rounds);
    }
    System.exit(0);
  }

  private void run(int rounds) throws IOException, InterruptedException {
    Path archive = folder.resolve("scanner.jsa");
    Cost making = scan(List.of("-XX:ArchiveClassesAtExit=" + archive));
    if (!Files.exists(archive)) throw new IOException("The JVM made no archive of its classes");
    Cost without = new Cost(0, 0, 0);
    Cost with = new Cost(0, 0, 0);
    for (int i = 0; i < rounds; i++) {
      without = without.plus(scan(List.of()));
      with = with.plus(scan(List.of("-XX:SharedArchiveFile=" + archive)));
    }
    System.out.println("scan of one page              CPU s: JVM  with browser  wall s");
    System.out.println("without an archive            " + without.mean(rounds));
    System.out.println("with an archive of classes    " + with.mean(rounds));
    System.out.println("while the archive is made     " + making.mean(1));
    System.out.printf(Locale.ROOT, "size of the archive: %d MB%n", Files.size(archive) >> 20);
  }

  private Cost scan(List<String> flags) throws IOException, InterruptedException {
    long from = System.nanoTime();
    Process scanner =
        new ProcessBuilder(command(flags))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (CpuMeter meter = new CpuMeter(scanner.pid())) {
      if (!scanner.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) || scanner.exitValue() != 0) {
        scanner.descendants().forEach(ProcessHandle::destroyForcibly);
        scanner.destroyForcibly();
        throw new IOException("The scan failed");
      }
      double wall = (System.nanoTime() - from) / 1e9;
      Map<String, Double> used = meter.seconds();
      return new Cost(
          used.getOrDefault("JVM", 0.0),
          used.values().stream().mapToDouble(Double::doubleValue).sum(),
          wall);
    }
  }

  private List<String> command(List<String> flags) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + module.resolve("jvm.options"));
    command.addAll(flags);
    command.addAll(List.of("-cp", jar() + ":" + module.resolve("target/lib") + "/*"));
    command.addAll(List.of(Main.class.getName(), "capture", playground.urls().get(0)));
    Path own = Files.createTempDirectory(folder, "scan"); // as a one-off scan: all anew
    command.addAll(List.of("--settle-ms=300", "--out=" + own, "--data=" + own.resolve("data")));
    command.add("--cacert=" + playground.caCertificate());
    playground.connectTo().forEach(to -> command.add("--connect-to=" + to));
    return command;
  }

  /** An archive knows jars only, no folders of classes. */
  private Path jar() throws IOException {
    try (Stream<Path> files = Files.list(module.resolve("target"))) {
      return files
          .filter(
              file ->
                  file.getFileName().toString().matches("tagwarden-agent-[^-]*(-SNAPSHOT)?\\.jar"))
          .findFirst()
          .orElseThrow(() -> new IOException("The scanner is not packaged"));
    }
  }
}
