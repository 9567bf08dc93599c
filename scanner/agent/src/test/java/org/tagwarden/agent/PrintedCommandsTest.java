package org.tagwarden.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What README and docs tell people to type to the scanner has to work. */
class PrintedCommandsTest {
  private static final Path HOME = Path.of("../..");
  private static final String PROGRAM = "scripts/tagwarden ";

  /** As {@code scripts/tagwarden} tells the programs apart. */
  private static final Set<String> OF_THE_SCANNER = Set.of("work", "journey", "identity");

  @Test
  void everyPrintedCommandLineIsUnderstood() throws IOException {
    List<String> lines = commandLines();
    assertThat(lines).anyMatch(line -> line.startsWith(PROGRAM + "journey try "));
    for (String line : lines) {
      String[] arguments = line.substring(PROGRAM.length()).strip().split("\\s+");
      if (!OF_THE_SCANNER.contains(arguments[0])) continue;
      assertThatCode(() -> Main.commandLine().parseArgs(arguments))
          .as(line)
          .doesNotThrowAnyException();
    }
  }

  private static List<String> commandLines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path page : pages()) {
      boolean code = false;
      for (String line : Files.readAllLines(page)) {
        if (line.startsWith("```")) code = line.equals("```bash");
        else if (code && line.startsWith(PROGRAM)) lines.add(line.replaceAll("\\s+#.*", ""));
      }
    }
    return lines;
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(HOME.resolve("README.md")));
    try (Stream<Path> docs = Files.list(HOME.resolve("docs"))) {
      docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages;
  }
}
