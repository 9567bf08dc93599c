package org.tagwarden.agent.browser;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a browser when its scanner is gone, however it went, and deletes its profile: a shell that
 * waits for the end of its standard input, which the kernel closes even after a kill -9. Where
 * there is no /proc, the next scanner clears up instead.
 */
final class OrphanWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OrphanWatch.class);
  static final String NAME = "tagwarden-orphan-watch";
  private static final long LONGEST_END_MS = 2_000;

  /** Told a line, it goes; told nothing, it kills whoever has the profile on its command line. */
  private static final String SCRIPT =
      """
      trap '' HUP INT TERM
      read -r word && exit 0
      for entry in /proc/[0-9]*; do
        pid=${entry#/proc/}
        [ "$pid" = $$ ] && continue
        if tr '\\0' '\\n' <"$entry/cmdline" 2>/dev/null | grep -qF -- "$1"; then
          kill -9 "$pid" 2>/dev/null
        fi
      done
      socket=$(readlink "$1/SingletonSocket")
      case $socket in */org.chromium.*) rm -rf -- "${socket%/*}" ;; esac
      for try in 1 2 3 4 5; do rm -rf -- "$1" 2>/dev/null && break; sleep 1; done
      """;

  private final @Nullable Process shell;

  private OrphanWatch(@Nullable Process shell) {
    this.shell = shell;
  }

  /** Watches over whatever has this profile on its command line. */
  static OrphanWatch over(Path profile) {
    if (!Files.isDirectory(Path.of("/proc/self"))) return new OrphanWatch(null);
    try {
      ProcessBuilder builder =
          new ProcessBuilder("/bin/sh", "-c", SCRIPT, NAME, profile.toString())
              .directory(Path.of("/").toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().keySet().retainAll(BrowserEnvironment.KEPT);
      return new OrphanWatch(builder.start());
    } catch (IOException e) {
      LOG.warn("Nobody watches over the browser: after a kill -9 the next scanner clears up", e);
      return new OrphanWatch(null);
    }
  }

  /** All is tidy: there is nothing to watch over any more. */
  @Override
  public void close() {
    if (shell == null) return;
    try (OutputStream in = shell.getOutputStream()) {
      in.write("tidy\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      LOG.debug("The watch had ended before it was told to", e);
    }
    try {
      if (!shell.waitFor(LONGEST_END_MS, TimeUnit.MILLISECONDS)) shell.destroyForcibly();
    } catch (InterruptedException e) {
      shell.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
