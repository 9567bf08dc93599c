package org.tagwarden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who meets a problem's code in a report finds it in docs/problems.md. */
class ProblemCodesTest {
  /**
   * {@code note("observer", "phase", "code", ...)}, {@code note("code", ...)}, {@code say(...)}.
   */
  private static final Pattern NOTED =
      Pattern.compile(
          "\\b(?:note|say)\\(\\s*(?:\"[a-z]+\",\\s*\"[a-z]+\",\\s*)?\"([a-z0-9]+(?:-[a-z0-9]+)+)\"");

  @Test
  void everyCodeIsDocumentedWithWhatToDo() throws IOException {
    String documented = Files.readString(Path.of("../../docs/problems.md"));
    Set<String> codes = new TreeSet<>();
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      sources.filter(file -> file.toString().endsWith(".java")).forEach(f -> collect(f, codes));
    }

    assertThat(codes).contains("screenshot-failed", "bot-challenge", "settle-cap", "popup-closed");
    assertThat(codes).allSatisfy(code -> assertThat(documented).contains('`' + code + '`'));
  }

  private static void collect(Path source, Set<String> codes) {
    try {
      Matcher noted = NOTED.matcher(Files.readString(source));
      while (noted.find()) codes.add(noted.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
