package org.tagwarden.dashboard.program;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.ServerConfig;
import org.tagwarden.collector.access.AuditExport;
import org.tagwarden.collector.access.AuditSeals;
import org.tagwarden.collector.access.SigningKey;
import org.tagwarden.collector.db.Database;
import org.tagwarden.dashboard.program.up.Server;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the whole log; the server may run meanwhile, or not. */
@Command(
    name = "export",
    description = "Write the whole audit log into a file; the server may run meanwhile.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class AuditExportCommand implements Callable<Integer> {
  private static final int CHANGED = 1;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The file to write.")
  private Path file;

  @Mixin private ServerOptions options = new ServerOptions();

  @Override
  public Integer call() throws IOException {
    ServerConfig config = options.load(Home.find(), Map.of());
    return StoredDatabase.use(
        config, (vertx, database) -> export(vertx, database, config.dataDir()));
  }

  private int export(Vertx vertx, Database database, Path dataDir) throws IOException {
    Clock clock = Clock.systemUTC();
    Path keyFile = SigningKey.fileIn(dataDir);
    SigningKey key = Files.exists(keyFile) ? SigningKey.in(keyFile) : null;
    String problem =
        key == null
            ? null
            : Server.await(new AuditSeals(vertx, database, key, dataDir, clock).seal()).problem();
    AuditExport.Exported exported = write(new AuditExport(database, key, clock), problem == null);
    print(exported, key, keyFile);
    if (problem == null) return 0;
    spec.commandLine().getErr().println("tagwarden: " + problem);
    spec.commandLine().getErr().flush();
    return CHANGED;
  }

  private void print(AuditExport.Exported exported, @Nullable SigningKey key, Path keyFile) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(exported.entries() + " entries are in " + file + ".");
    out.println("Newest hash: " + exported.hash());
    out.println(
        key == null
            ? "Not signed: there is no " + keyFile + "."
            : "Signed with the key " + key.fingerprint());
    out.println("Keep both in another place: verify --head HASH --key FINGERPRINT proves more.");
    out.flush();
  }

  /** Beside, then in one step: a file that is there is whole. For its owner alone. */
  private AuditExport.Exported write(AuditExport export, boolean sound) {
    Path aside = file.resolveSibling(file.getFileName() + ".writing");
    try {
      Files.deleteIfExists(aside);
      Files.createFile(
          aside,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      AuditExport.Exported exported;
      try (OutputStream out = Files.newOutputStream(aside)) {
        exported = Server.await(export.write(sound, lines -> append(out, lines)));
      }
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return exported;
    } catch (IOException e) {
      throw ProgramFailure.cannot(file + " cannot be written (" + e + "): choose another FILE.");
    }
  }

  private Future<Void> append(OutputStream out, Buffer lines) {
    try {
      out.write(lines.getBytes());
      return Future.succeededFuture();
    } catch (IOException e) {
      return Future.failedFuture(
          ProgramFailure.cannot(file + " cannot be written (" + e + "): choose another FILE."));
    }
  }
}
