package org.tagwarden.dashboard.program;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.evidence.PackVerdict;
import org.tagwarden.collector.evidence.PackVerifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a pack by itself: no server, no database. */
@Command(
    name = "verify",
    description = "Check an evidence pack by itself; ends with 1 when it was changed.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class EvidenceVerifyCommand implements Callable<Integer> {
  private static final int CHANGED = 1;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "A pack as it was exported (.zip).")
  private Path file;

  @Option(
      names = "--key",
      paramLabel = "FINGERPRINT",
      description = "The SHA-256 of the key that has to have signed it, as noted elsewhere.")
  private @Nullable String key;

  @Override
  public Integer call() {
    String expected = key == null ? null : PackVerifier.fingerprint(key);
    if (key != null && expected == null) {
      throw ProgramFailure.usage(
          "--key takes the 64 hex digits of the fingerprint that the page Evidence shows.");
    }
    PackVerdict verdict = GivenFile.read(file, pack -> PackVerifier.verify(pack, expected));
    PrintWriter out = spec.commandLine().getOut();
    if (verdict.intact()) {
      out.println("Intact: every file is as it was signed, and none is missing or new.");
      print(verdict, out);
      if (expected == null) {
        out.println("Anybody can sign: compare the key with the one you know, or give --key.");
      }
    } else {
      verdict.problems().forEach(out::println);
      out.println(file + " is not the pack that was made.");
    }
    out.flush();
    return verdict.intact() ? 0 : CHANGED;
  }

  /** What a whole pack is about. */
  static void print(PackVerdict verdict, PrintWriter out) {
    PackVerdict.Facts facts = verdict.facts();
    if (facts == null) return;
    out.println(facts.client() + ": " + facts.site() + ", " + facts.address());
    out.println(facts.from() + " to " + facts.to() + " (UTC days)");
    out.println("Made " + facts.madeAt() + " by " + facts.madeBy());
    out.println(facts.files() + " files, " + facts.bytes() + " bytes");
    out.println("Signed with the key " + facts.fingerprint());
    out.println("Newest audit entry then: " + facts.auditEntry() + ", hash " + facts.auditHash());
  }
}
