package org.tagwarden.dashboard.program;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The folder that Tagwarden was built in, and the programs in it. Each program has a class path of
 * its own, so that the server never meets a browser's libraries.
 */
public record Home(Path folder) {
  private static final String AGENT = "scanner/agent";
  private static final String PLAYGROUND = "scanner/playground";

  /** Given by {@code scripts/tagwarden}, or found from where these classes lie. */
  public static Home find() {
    String given = System.getenv("TAGWARDEN_HOME");
    if (given != null && !given.isBlank()) return new Home(Path.of(given).toAbsolutePath());
    try {
      Path classes =
          Path.of(Home.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      for (@Nullable Path at = classes; at != null; at = at.getParent())
        if (Files.exists(at.resolve("scripts/tagwarden"))) return new Home(at);
    } catch (URISyntaxException e) {
      // Falls through to the same sentence.
    }
    throw ProgramFailure.cannot(
        "Tagwarden's own folder was not found: start it with scripts/tagwarden, or set"
            + " TAGWARDEN_HOME.");
  }

  /** The command that starts the scanner, with the JVM flags that stand beside it. */
  public List<String> agent(String... arguments) {
    return java(
        AGENT,
        "org.tagwarden.agent.Main",
        List.of("@" + folder.resolve(AGENT).resolve("jvm.options")),
        arguments);
  }

  /** The command that starts the playground. */
  public List<String> playground(String... arguments) {
    return java(PLAYGROUND, "org.tagwarden.playground.Main", List.of(), arguments);
  }

  private List<String> java(String module, String main, List<String> flags, String... arguments) {
    Path target = folder.resolve(module).resolve("target");
    if (!Files.isDirectory(target.resolve("lib")))
      throw ProgramFailure.cannot(
          target.resolve("lib")
              + " is missing: build first, with scripts/tagwarden or mvn package.");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add("-cp");
    command.add(target.resolve("classes") + File.pathSeparator + target.resolve("lib") + "/*");
    command.add(main);
    command.addAll(List.of(arguments));
    return command;
  }
}
