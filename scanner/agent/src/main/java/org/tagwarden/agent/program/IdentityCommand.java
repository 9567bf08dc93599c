package org.tagwarden.agent.program;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.tagwarden.agent.ScannerUnfitException;
import org.tagwarden.agent.identity.SigningKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the public key by which a site's firewall can tell this scanner. */
@Command(
    name = "identity",
    description = "Print the public key that this scanner signs its requests with.",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = 2,
    exitCodeOnExecutionException = 3)
public final class IdentityCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:TAGWARDEN_SCANNER_DATA_DIR:-.tagwarden/scanner}",
      description = "The scanner's data folder (default ${DEFAULT-VALUE}).")
  private Path data;

  @Override
  public Integer call() {
    try {
      SigningKey key = SigningKey.in(data.resolve("identity"));
      spec.commandLine().getOut().println(key.jwk());
      spec.commandLine().getOut().println("keyid: " + key.keyId());
      return 0;
    } catch (ScannerUnfitException e) {
      spec.commandLine().getErr().println("tagwarden: " + e.getMessage());
      return 3;
    }
  }
}
