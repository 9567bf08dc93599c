package org.tagwarden.dashboard.program;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.evidence.PackVerdict;
import org.tagwarden.collector.evidence.PackVerifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has the server make a pack, and checks it once it is here. */
@Command(
    name = "export",
    description =
        "Write a site's evidence pack into FILE (.zip); a token needs auditor or approver.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class EvidenceExportCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofHours(2);

  @Spec private CommandSpec spec;
  @Mixin private RemoteServer server = new RemoteServer();

  @Option(
      names = "--client",
      paramLabel = "NAME",
      description = "Whose site, where two clients have one of the same name.")
  private @Nullable String client;

  @Option(
      names = "--site",
      paramLabel = "SITE",
      required = true,
      description = "The site's name, or its number.")
  private String site;

  @Option(
      names = "--from",
      paramLabel = "DAY",
      required = true,
      description = "The first day (UTC), like 2026-01-01.")
  private String from;

  @Option(
      names = "--to",
      paramLabel = "DAY",
      required = true,
      description = "The last day (UTC), like 2026-03-31.")
  private String to;

  @Parameters(paramLabel = "FILE", description = "Is overwritten.")
  private Path file;

  @Override
  public Integer call() {
    String path =
        "/api/v1/sites/" + siteId() + "/evidence?from=" + encoded(from) + "&to=" + encoded(to);
    Path aside = file.resolveSibling(file.getFileName() + ".writing");
    try {
      Files.deleteIfExists(aside);
      Files.createFile(
          aside,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      server.download(path, aside, PATIENCE);
      PackVerdict verdict = PackVerifier.verify(aside, null);
      if (!verdict.intact()) {
        throw ProgramFailure.cannot(
            "What came is no whole pack: " + verdict.problems().get(0) + " Try again.");
      }
      Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
      PrintWriter out = spec.commandLine().getOut();
      out.println("The pack is in " + file + ".");
      EvidenceVerifyCommand.print(verdict, out);
      out.flush();
      return 0;
    } catch (IOException e) {
      throw ProgramFailure.cannot(file + " cannot be written (" + e + "): choose another FILE.");
    } finally {
      remove(aside);
    }
  }

  private static void remove(Path aside) {
    try {
      Files.deleteIfExists(aside);
    } catch (IOException e) {
      throw ProgramFailure.cannot(aside + " was left behind and cannot be removed: " + e + ".");
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** A token for one site may not list sites: it takes the number. */
  private int siteId() {
    if (site.matches("\\d{1,9}")) return Integer.parseInt(site);
    JsonArray sites = new JsonArray(server.send("GET", "/api/v1/sites", null));
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < sites.size(); i++) {
      JsonObject one = sites.getJsonObject(i);
      boolean whose = client == null || client.equals(one.getString("clientName"));
      if (whose && site.equals(one.getString("name"))) found.add(one.getInteger("id"));
    }
    if (found.size() == 1) return found.get(0);
    throw ProgramFailure.usage(
        found.isEmpty()
            ? "This token sees no site \"" + site + "\"."
            : "Several clients have a site \"" + site + "\": say whose with --client NAME.");
  }
}
