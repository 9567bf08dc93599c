package org.tagwarden.playground.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of one host, from {@code resources/internet/HOST}. {@code /} means index.html and
 * {@code /x} may mean x.html. A page that begins with {@code <!-- title: ... -->} is put into the
 * host's {@code _layout.html}. A file {@code a.js@id=X} answers {@code /a.js?id=X}.
 */
public final class HostFiles {
  private static final Pattern TITLE = Pattern.compile("\\A<!-- title: (.*?) -->\\s*");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "mjs", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "json", "application/json",
          "txt", "text/plain; charset=utf-8",
          "xml", "application/xml",
          "webmanifest", "application/manifest+json");

  private final String host;

  HostFiles(String host) {
    this.host = host;
  }

  /** A file as it is served. */
  public record Served(String type, byte[] body) {}

  /** The file that answers this path, or null. */
  public @Nullable Served find(String path, Function<String, @Nullable String> query) {
    if (path.contains("..") || path.contains("/_") || path.contains("@")) return null;
    String id = query.apply("id");
    if (id != null && id.matches("[A-Za-z0-9-]+")) {
      Served variant = served(path, path + "@id=" + id);
      if (variant != null) return variant;
    }
    List<String> candidates =
        path.endsWith("/") ? List.of(path + "index.html") : List.of(path, path + ".html");
    for (String candidate : candidates) {
      Served served = served(candidate, candidate);
      if (served != null) return served;
    }
    return null;
  }

  /**
   * A file that must exist, also one that no path leads to (its name begins with an underscore).
   */
  Served named(String file) {
    Served served = served(file, file);
    if (served == null) throw new IllegalArgumentException("no file " + file + " of host " + host);
    return served;
  }

  private @Nullable Served served(String name, String file) {
    String extension = name.substring(name.lastIndexOf('.') + 1);
    String type = TYPES.get(extension);
    if (type == null) return null;
    byte[] body = read(file);
    if (body == null) return null;
    return new Served(type, extension.equals("html") ? inLayout(body) : body);
  }

  private byte[] inLayout(byte[] page) {
    String text = new String(page, StandardCharsets.UTF_8);
    Matcher title = TITLE.matcher(text);
    if (!title.find()) return page;
    byte[] layout = read("/_layout.html");
    if (layout == null) {
      throw new IllegalStateException(host + " has a page with a title line but no _layout.html");
    }
    return new String(layout, StandardCharsets.UTF_8)
        .replace("{{title}}", title.group(1))
        .replace("{{body}}", text.substring(title.end()))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Small files from the class path: read each time, so that an edit shows on reload. */
  private byte @Nullable [] read(String file) {
    try (InputStream in = HostFiles.class.getResourceAsStream("/internet/" + host + file)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + host + file, e);
    }
  }
}
