package org.tagwarden.agent.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Chromium's sandbox, which it builds of Linux's user namespaces, and why there may be none. */
final class Sandbox {
  private static final long PROBE_SECONDS = 5;

  /** What Linux says, below /proc/sys, when it keeps user namespaces from ordinary users. */
  private record Switch(String name, String forbids) {}

  private static final List<Switch> SWITCHES =
      List.of(
          new Switch("user.max_user_namespaces", "0"),
          new Switch("kernel.unprivileged_userns_clone", "0"),
          new Switch("kernel.apparmor_restrict_unprivileged_userns", "1"));

  private final Path proc;
  private final List<String> probe;

  /** Of this machine. */
  Sandbox() {
    this(Path.of("/proc"), List.of("unshare", "--user", "--map-root-user", "true"));
  }

  /**
   * @param probe a command that makes a user namespace, and fails when it may not
   */
  Sandbox(Path proc, List<String> probe) {
    this.proc = proc;
    this.probe = probe;
  }

  /** Root's browser has none; an ordinary user's may be told to do without. */
  static boolean off(BrowserSettings settings, boolean root) {
    return root || settings.noSandbox();
  }

  /** Why it cannot be built here and what to do, to end a sentence; null if it can. */
  @Nullable String refusal() {
    if (!refused()) return null;
    String why = "as in most containers";
    for (Switch each : SWITCHES)
      if (each.forbids.equals(setting(each.name))) why = each.name + " is " + each.forbids;
    return "user namespaces are refused to ordinary users here ("
        + why
        + "). Allow them, or install the package chromium-sandbox. Only where nothing else runs that"
        + " a hostile page must not reach: start the scanner with --no-sandbox.";
  }

  private boolean refused() {
    try {
      Process process =
          new ProcessBuilder(probe)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS)) return process.exitValue() != 0;
      process.destroyForcibly();
      return false;
    } catch (IOException e) {
      return false; // nothing here to ask with
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private String setting(String name) {
    try {
      return Files.readString(proc.resolve("sys").resolve(name.replace('.', '/'))).strip();
    } catch (IOException e) {
      return ""; // this kernel has no such switch
    }
  }
}
