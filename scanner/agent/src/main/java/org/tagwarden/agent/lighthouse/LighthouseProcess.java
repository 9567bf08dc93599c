package org.tagwarden.agent.lighthouse;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.tagwarden.agent.browser.ProfileFolder;
import org.tagwarden.report.DeviceProfile;

/**
 * One {@code lhci collect} with its browser, in a folder of its own. Closing ends whatever is left
 * of the process tree and deletes the folder.
 */
final class LighthouseProcess implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** What the programs may know of the scanner's environment: neither its token nor a proxy. */
  private static final List<String> INHERITED =
      List.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH", "FONTCONFIG_FILE");

  /** Chromium puts a socket below it, whose path may have 107 characters. */
  private static final int LONGEST_TEMP = 60;

  private static final long LONGEST_END_MS = 10_000;

  private final ProfileFolder folder;
  private final Path output;
  private final Process process;

  private LighthouseProcess(ProfileFolder folder, Path output, Process process) {
    this.folder = folder;
    this.output = output;
    this.process = process;
  }

  /** What is run, on what. */
  record Order(Path script, Path chromium, String url, DeviceProfile device, long longestLoadMs) {}

  /** Makes the browser's command line from its profile folder. */
  @FunctionalInterface
  interface Flags {
    String line(Path profile);
  }

  static LighthouseProcess start(Order order, Flags flags, Path folders)
      throws IOException, LighthouseFailure {
    ProfileFolder folder = ProfileFolder.create(folders);
    try {
      Path config = folder.path().resolve("lighthouserc.json");
      Path output = folder.path().resolve("output.txt");
      String line = flags.line(folder.path().resolve("profile"));
      Files.write(config, JSON.writeValueAsBytes(config(order, line)));
      ProcessBuilder builder =
          new ProcessBuilder("node", order.script().toString(), "collect", "--config=" + config)
              .directory(folder.path().toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      environment(builder.environment(), order, folder.path());
      return new LighthouseProcess(folder, output, launch(builder));
    } catch (IOException | LighthouseFailure | RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  private static Process launch(ProcessBuilder builder) throws LighthouseFailure, IOException {
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      throw new LighthouseFailure(
          "start",
          "node-missing",
          "Lighthouse needs Node.js, which does not start on the scanner's machine ("
              + e.getMessage()
              + "). Install it (Debian, Ubuntu: apt-get install nodejs), or switch Lighthouse off"
              + " for this scanner.");
    }
  }

  private static Map<String, Object> config(Order order, String chromeFlags) {
    Map<String, Object> settings = new LinkedHashMap<>();
    if (order.device() == DeviceProfile.DESKTOP) settings.put("preset", "desktop");
    settings.put("onlyCategories", List.of("performance"));
    settings.put("ignoreStatusCode", true); // else lhci measures an error page three times
    settings.put("maxWaitForLoad", order.longestLoadMs());
    settings.put("chromeFlags", chromeFlags);
    return Map.of(
        "ci",
        Map.of(
            "collect",
            Map.of("url", List.of(order.url()), "numberOfRuns", 1, "settings", settings)));
  }

  private static void environment(Map<String, String> environment, Order order, Path folder) {
    environment.keySet().retainAll(INHERITED);
    environment.put("CI", "1"); // asks nothing, looks for no updates
    environment.put("CHROME_PATH", order.chromium().toString());
    if (folder.toString().length() <= LONGEST_TEMP) environment.put("TMPDIR", folder.toString());
  }

  /** Whether it ended by itself in time. */
  boolean await(Duration deadline) throws InterruptedException {
    return process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
  }

  int exitCode() {
    return process.exitValue();
  }

  /** What it printed. */
  String output() throws IOException {
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  /** Lighthouse's own report. */
  byte[] result() throws IOException {
    try (Stream<Path> files = Files.list(folder.path().resolve(".lighthouseci"))) {
      List<Path> found =
          files.filter(file -> file.getFileName().toString().matches("lhr-\\d+\\.json")).toList();
      if (found.isEmpty()) throw new IOException("lhci left no report: " + output());
      return Files.readAllBytes(found.get(0));
    }
  }

  /** Ends the whole tree, parents first so that nobody starts anything anew. */
  void end() {
    List<ProcessHandle> tree =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    tree.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle ended : tree)
      ended.onExit().completeOnTimeout(ended, LONGEST_END_MS, TimeUnit.MILLISECONDS).join();
  }

  /** What had left the tree still uses the profile: the folder ends that. */
  @Override
  public void close() {
    end();
    folder.close();
  }
}
