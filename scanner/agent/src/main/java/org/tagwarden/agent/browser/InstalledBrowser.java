package org.tagwarden.agent.browser;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.ScannerUnfitException;

/** A program on this machine that says its version: the browser, or its driver. */
public record InstalledBrowser(Path path, String version) {
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.\\d+\\.\\d+\\.\\d+");

  /** The first number of its version. */
  public int major() {
    return Integer.parseInt(version.substring(0, version.indexOf('.')));
  }

  /** The configured browser, or the first installed one. */
  public static InstalledBrowser find(@Nullable String configured) {
    if (configured != null) {
      InstalledBrowser browser = ask(Path.of(configured));
      if (browser != null) return browser;
      throw new ScannerUnfitException(
          "The configured browser "
              + configured
              + " does not run. Set it to a Chromium or Chrome.");
    }
    for (String name : BROWSERS)
      for (Path path : onPath(name)) {
        InstalledBrowser browser = ask(path);
        if (browser != null) return browser;
      }
    throw new ScannerUnfitException(
        "No Chromium was found on this machine. Install it (Debian, Ubuntu: apt-get install chromium"
            + " chromium-driver) or name one with --chromium.");
  }

  /** A driver of this major version that is installed, or null. */
  static @Nullable InstalledBrowser findDriver(int major) {
    for (Path path : onPath("chromedriver")) {
      InstalledBrowser driver = ask(path);
      if (driver != null && driver.major() == major) return driver;
    }
    return null;
  }

  static @Nullable InstalledBrowser ask(Path program) {
    if (!Files.isExecutable(program)) return null;
    try {
      Process process =
          new ProcessBuilder(program.toString(), "--version")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return null;
      }
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher matcher = VERSION.matcher(said);
      return matcher.find() ? new InstalledBrowser(program, matcher.group()) : null;
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ScannerUnfitException("Interrupted while looking for a browser", e);
    }
  }

  private static List<Path> onPath(String name) {
    List<Path> found = new ArrayList<>();
    String path = System.getenv("PATH");
    String folders = (path == null ? "" : path) + ":/usr/bin:/usr/lib/chromium:/snap/bin";
    for (String folder : folders.split(":", -1)) {
      if (folder.isEmpty()) continue;
      Path program = Path.of(folder, name);
      if (Files.isExecutable(program) && !found.contains(program)) found.add(program);
    }
    return found;
  }
}
