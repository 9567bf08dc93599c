package org.tagwarden.dashboard.program;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.access.AuditFile;
import org.tagwarden.collector.access.AuditVerdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks an exported log by itself: no server, no database. */
@Command(
    name = "verify",
    description = "Check an exported audit log by itself; ends with 1 when it was changed.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class AuditVerifyCommand implements Callable<Integer> {
  private static final int CHANGED = 1;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "A file that export wrote.")
  private Path file;

  @Option(
      names = "--key",
      paramLabel = "FINGERPRINT",
      description = "The SHA-256 of the key that has to have signed it, as noted elsewhere.")
  private @Nullable String key;

  @Option(
      names = "--head",
      paramLabel = "HASH",
      description = "A newest hash of earlier: the log has to contain it.")
  private @Nullable String head;

  @Override
  public Integer call() {
    String fingerprint = hex("--key", key);
    String kept = hex("--head", head);
    AuditVerdict verdict = GivenFile.read(file, log -> AuditFile.verify(log, kept, fingerprint));
    PrintWriter out = spec.commandLine().getOut();
    if (verdict.intact()) {
      out.println(verdict.entries() + " entries, each linked to the one before: intact.");
      out.println("Newest hash: " + verdict.hash());
      out.println(
          verdict.key() == null
              ? "Not signed: what was written anew as a whole is found by --head only."
              : "Signed with the key " + verdict.key());
      if (verdict.key() != null && key == null) {
        out.println("Anybody can sign: compare the key with the one you know, or give --key.");
      }
    } else {
      verdict.problems().forEach(out::println);
      out.println(file + " is not the log that was written.");
    }
    out.flush();
    return verdict.intact() ? 0 : CHANGED;
  }

  private static @Nullable String hex(String option, @Nullable String text) {
    if (text == null) return null;
    String digits = text.replaceAll("[\\s:]", "").toLowerCase(Locale.ROOT);
    if (digits.matches("[0-9a-f]{64}")) return digits;
    throw ProgramFailure.usage(option + " takes the 64 hex digits that export printed.");
  }
}
