package org.tagwarden.collector.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs PostgreSQL's programs. They refuse to run as root, who therefore runs them in a user
 * namespace of their own ({@code unshare -U}: to PostgreSQL it is an ordinary user, the files stay
 * root's), or where that is forbidden as "nobody", who then owns the data.
 */
final class PostgresCommands {
  private static final long PATIENCE_SECONDS = 120;
  private static final int NOBODY = 65_534;
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");

  private final Path programs;
  private final Path output;
  private final List<String> prefix;

  private PostgresCommands(Path programs, Path output, List<String> prefix) {
    this.programs = programs;
    this.output = output;
    this.prefix = prefix;
  }

  /** Finds out how programs may be run here; {@code home} is where they may write. */
  static PostgresCommands in(Path home, Path programs) throws IOException {
    Path output = home.resolve("commands.log");
    if (!"root".equals(System.getProperty("user.name"))) {
      return new PostgresCommands(programs, output, List.of());
    }
    if (succeeds(List.of("unshare", "-U", "true"))) {
      return new PostgresCommands(programs, output, List.of("unshare", "-U"));
    }
    List<String> probe = new ArrayList<>(AS_NOBODY);
    probe.add("test");
    probe.add("-x");
    probe.add(programs.resolve("bin/postgres").toString());
    if (!succeeds(probe)) {
      throw new DatabaseException(
          "PostgreSQL does not run as root, and here root may neither use user namespaces nor let"
              + " \"nobody\" into "
              + home
              + ": start Tagwarden as an ordinary user, or set database.url.");
    }
    giveToNobody(home);
    return new PostgresCommands(programs, output, AS_NOBODY);
  }

  private static void giveToNobody(Path home) throws IOException {
    try (Stream<Path> paths = Files.walk(home)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Files.setAttribute(path, "unix:uid", NOBODY, java.nio.file.LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  /** Runs to the end; {@link DatabaseException} with what it said when it fails. */
  void run(String doing, String program, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(prefix);
    command.add(programs.resolve("bin").resolve(program).toString());
    command.addAll(arguments);
    // Into a file, not a pipe: the server that pg_ctl starts would keep the pipe open.
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(output.toFile())
            .directory(output.getParent().toFile())
            .start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw failed(doing, "no end after " + PATIENCE_SECONDS + " seconds. ");
    }
    if (process.exitValue() != 0) throw failed(doing, "");
  }

  private DatabaseException failed(String doing, String why) throws IOException {
    return new DatabaseException(
        doing
            + " failed: "
            + why
            + Files.readString(output).strip()
            + " (see also "
            + output.resolveSibling("postgres.log")
            + ")");
  }

  private static boolean succeeds(List<String> command) throws IOException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while running " + command, e);
    }
  }
}
