package org.tagwarden.dashboard.program;

import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.ServerConfig;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.access.Seal;
import org.tagwarden.collector.access.SecondFactor;
import org.tagwarden.dashboard.program.up.Server;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** For the last administrator who lost the app and the recovery codes. */
@Command(
    name = "second-factor",
    description = "Switch off the second factor of somebody who cannot sign in any more.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    subcommands = SecondFactorCommand.Off.class)
public final class SecondFactorCommand extends CommandGroup {
  /** The password still holds; the act stands in the audit log. */
  @Command(
      name = "off",
      description = "Switch it off: the password alone opens the account then.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Off implements Callable<Integer> {
    private static final String WHO = "Command line";

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "ADDRESS", description = "The person's e-mail address.")
    private String address;

    @Mixin private ServerOptions options = new ServerOptions();

    @Override
    public Integer call() throws IOException {
      ServerConfig config = options.load(Home.find(), Map.of());
      Clock clock = Clock.systemUTC();
      StoredDatabase.use(
          config,
          (vertx, database) ->
              Server.await(
                  new SecondFactor(database, Seal.of(config.dataDir()), new AuditLog(clock), clock)
                      .offUnasked(WHO, address)
                      .recover(Off::explained)));
      spec.commandLine()
          .getOut()
          .println("The second factor of " + address + " is off: the password alone opens it.");
      spec.commandLine().getOut().flush();
      return 0;
    }

    private static io.vertx.core.Future<Void> explained(Throwable failure) {
      return io.vertx.core.Future.failedFuture(
          failure instanceof Refusal refusal ? ProgramFailure.cannot(refusal.sentence()) : failure);
    }
  }
}
