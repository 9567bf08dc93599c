package org.tagwarden.playground.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.playground.ExpectedRequest;

/**
 * Reads {@code PAGE.expected}, which stands beside a page and says, one request a line: kind, URL,
 * who asks for it, and perhaps {@code function=}, {@code worker=} or {@code method=}. A dot means
 * the page itself, {@code /x} a path of its host, and {@code cdn/x}, {@code a/x}, {@code b/x},
 * {@code frames/x} one of torture-tags.example.
 */
public final class ExpectationFile {
  private static final Set<String> KINDS =
      Set.of("PARSER", "SCRIPT", "PRELOAD", "REDIRECT", "PREFLIGHT", "BROWSER");
  private static final Map<String, String> SHORT =
      Map.of(
          "cdn/", "https://cdn.torture-tags.example/",
          "a/", "https://a.torture-tags.example/",
          "b/", "https://b.torture-tags.example/",
          "frames/", "https://frames.torture-tags.example/");

  private final String page;
  private final List<Line> lines = new ArrayList<>();

  private ExpectationFile(String page) {
    this.page = page;
  }

  private record Line(
      String kind,
      String url,
      String by,
      @Nullable String method,
      @Nullable String function,
      @Nullable String worker) {}

  /** What is known about a page's requests; empty when nothing is. */
  public static List<ExpectedRequest> of(String pageUrl) {
    URI uri = URI.create(pageUrl);
    String path = uri.getPath().endsWith("/") ? uri.getPath() + "index" : uri.getPath();
    String name = "/internet/" + uri.getHost() + path + ".expected";
    try (InputStream in = ExpectationFile.class.getResourceAsStream(name)) {
      if (in == null) return List.of();
      ExpectationFile file = new ExpectationFile(pageUrl);
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(line -> file.lines.add(file.read(line, name)));
      return file.lines.stream().map(file::expected).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }

  private Line read(String line, String name) {
    String[] words = line.strip().split("\\s+", -1);
    if (words.length < 3 || !KINDS.contains(words[0]))
      throw new IllegalArgumentException(
          name + " wants lines like \"SCRIPT cdn/tag.js .\", but has \"" + line + "\"");
    return new Line(
        words[0],
        whole(words[1]),
        whole(words[2]),
        option(words, "method="),
        option(words, "function="),
        option(words, "worker=") == null ? null : whole(option(words, "worker=")));
  }

  private static @Nullable String option(String[] words, String name) {
    for (int i = 3; i < words.length; i++)
      if (words[i].startsWith(name)) return words[i].substring(name.length());
    return null;
  }

  private String whole(@Nullable String url) {
    if (url == null || url.equals(".")) return page;
    if (url.startsWith("/")) return URI.create(page).resolve("/") + url.substring(1);
    for (Map.Entry<String, String> each : SHORT.entrySet())
      if (url.startsWith(each.getKey()))
        return each.getValue() + url.substring(each.getKey().length());
    return url;
  }

  private ExpectedRequest expected(Line line) {
    List<String> chain = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    Line step = line;
    while (step != null) {
      chain.add(step.by());
      step = seen.add(step.by()) ? bringer(step) : null;
    }
    return new ExpectedRequest(
        line.kind(), line.url(), line.by(), line.method(), line.function(), line.worker(), chain);
  }

  /** The line of the one who asked, another than the step itself: a preflight has its URL too. */
  private @Nullable Line bringer(Line step) {
    for (Line line : lines) if (line != step && line.url().equals(step.by())) return line;
    return null;
  }
}
