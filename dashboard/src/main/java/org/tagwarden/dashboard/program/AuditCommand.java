package org.tagwarden.dashboard.program;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.access.AuditFile;
import org.tagwarden.collector.access.AuditTrail;
import org.tagwarden.collector.access.AuditVerdict;
import org.tagwarden.collector.db.Database;
import org.tagwarden.dashboard.program.up.Server;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The audit log as a file, and the proof that nobody changed it. */
@Command(
    name = "audit",
    description = "Write the audit log into a file, or check such a file without a server.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    subcommands = {AuditCommand.Export.class, AuditCommand.Verify.class})
public final class AuditCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ProgramFailure.USAGE;
  }

  /** Writes the whole log; the server may run meanwhile, or not. */
  @Command(
      name = "export",
      description = "Write the whole audit log into a file; the server may run meanwhile.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Export implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The file to write.")
    private Path file;

    @Mixin private ServerOptions options = new ServerOptions();

    @Override
    public Integer call() throws IOException {
      return StoredDatabase.use(
          options.load(Home.find(), Map.of()), (vertx, database) -> export(database));
    }

    private int export(Database database) throws IOException {
      AuditTrail.Exported exported = write(new AuditTrail(database));
      PrintWriter out = spec.commandLine().getOut();
      out.println(exported.entries() + " entries are in " + file + ".");
      out.println("Newest hash: " + exported.hash());
      out.println("Keep this hash in another place: verify --head HASH proves that none went.");
      out.flush();
      return 0;
    }

    /** Beside, then in one step: a file that is there is whole. For its owner alone. */
    private AuditTrail.Exported write(AuditTrail trail) throws IOException {
      Path aside = file.resolveSibling(file.getFileName() + ".writing");
      try {
        Files.deleteIfExists(aside);
        Files.createFile(
            aside,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        AuditTrail.Exported exported;
        try (BufferedWriter writer = Files.newBufferedWriter(aside, StandardCharsets.UTF_8)) {
          exported = Server.await(trail.export(line -> append(writer, line)));
        }
        Files.move(
            aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return exported;
      } catch (IOException | UncheckedIOException e) {
        throw ProgramFailure.cannot(file + " cannot be written (" + e + "): choose another FILE.");
      }
    }

    private static void append(BufferedWriter writer, String line) {
      try {
        writer.write(line);
        writer.write('\n');
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Checks an exported log by itself: no server, no database. */
  @Command(
      name = "verify",
      description = "Check an exported audit log by itself; ends with 1 when it was changed.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Verify implements Callable<Integer> {
    private static final int CHANGED = 1;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "A file that export wrote.")
    private Path file;

    @Option(
        names = "--head",
        paramLabel = "HASH",
        description = "A newest hash of earlier: the log has to contain it.")
    private @Nullable String head;

    @Override
    public Integer call() {
      AuditVerdict verdict = verify();
      PrintWriter out = spec.commandLine().getOut();
      if (verdict.intact()) {
        out.println(verdict.entries() + " entries, each linked to the one before: intact.");
        out.println("Newest hash: " + verdict.hash());
      } else {
        verdict.problems().forEach(out::println);
        out.println(file + " is not the log that was written.");
      }
      out.flush();
      return verdict.intact() ? 0 : CHANGED;
    }

    private AuditVerdict verify() {
      try {
        return AuditFile.verify(file, head);
      } catch (NoSuchFileException e) {
        throw ProgramFailure.usage(file + " does not exist.");
      } catch (IOException e) {
        throw ProgramFailure.cannot(file + " cannot be read: " + e + ".");
      }
    }
  }
}
