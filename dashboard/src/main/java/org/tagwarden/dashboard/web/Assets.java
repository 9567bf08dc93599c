package org.tagwarden.dashboard.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The static files, as {@code dashboard/assets.mjs} left them in the class path: named by content
 * hash, with Brotli and gzip copies. All of them are held in memory (some 150 KB) and may be cached
 * by browsers for ever.
 */
public final class Assets {
  private static final String FOLDER = "/static/";
  private static final Map<String, String> TYPES =
      Map.of(
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml",
          "woff2", "font/woff2");

  private record Named(String file, String integrity) {}

  private record Stored(Buffer plain, @Nullable Buffer br, @Nullable Buffer gz, String type) {}

  private final Map<String, Named> byName = new HashMap<>();
  private final Map<String, Stored> byFile = new HashMap<>();

  private Assets() {}

  /** Reads the manifest and every file that it names. */
  public static Assets load() {
    Assets assets = new Assets();
    Properties manifest = new Properties();
    byte[] text = read("manifest.properties");
    if (text == null) {
      throw new IllegalStateException(
          "The dashboard's static files are missing from the class path: build the module with"
              + " Maven (it runs assets.mjs), then start again");
    }
    try {
      manifest.load(new java.io.StringReader(new String(text, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (String name : manifest.stringPropertyNames()) {
      String[] parts = manifest.getProperty(name).split(" ", 2);
      assets.add(name, parts[0], parts[1]);
    }
    return assets;
  }

  private void add(String name, String file, String integrity) {
    byte[] plain = read(file);
    if (plain == null) throw new IllegalStateException("Static file " + file + " is missing");
    byName.put(name, new Named(file, integrity));
    String type = TYPES.get(file.substring(file.lastIndexOf('.') + 1));
    if (type == null) throw new IllegalStateException("Static file " + file + " has no known type");
    byFile.put(
        file, new Stored(Buffer.buffer(plain), buffer(file + ".br"), buffer(file + ".gz"), type));
  }

  /** The path of a file by its plain name: "app.css". */
  public String url(String name) {
    return FOLDER + named(name).file();
  }

  /** Its Subresource Integrity value. */
  public String integrity(String name) {
    return named(name).integrity();
  }

  /** Its text, for the self-contained report page. */
  public String text(String name) {
    Stored stored = byFile.get(named(name).file());
    return stored == null ? "" : stored.plain().toString(StandardCharsets.UTF_8);
  }

  /** Serves {@code /static/...}. */
  public void mount(Router router) {
    router.get(FOLDER + ":file").handler(this::serve);
  }

  private void serve(RoutingContext context) {
    Stored stored = byFile.get(context.pathParam("file"));
    if (stored == null) {
      context.response().setStatusCode(404).end();
      return;
    }
    String accepted = context.request().getHeader(HttpHeaders.ACCEPT_ENCODING);
    Buffer body = stored.plain();
    context
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, stored.type())
        .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable")
        .putHeader(HttpHeaders.VARY, "Accept-Encoding");
    if (stored.br() != null && accepts(accepted, "br")) {
      context.response().putHeader(HttpHeaders.CONTENT_ENCODING, "br");
      body = stored.br();
    } else if (stored.gz() != null && accepts(accepted, "gzip")) {
      context.response().putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
      body = stored.gz();
    } else {
      // Says "already as it should be" to the server's own compression.
      context.response().putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
    }
    context.response().end(body);
  }

  private static boolean accepts(@Nullable String accepted, String encoding) {
    if (accepted == null) return false;
    for (String part : accepted.split(",")) if (part.trim().equals(encoding)) return true;
    return false;
  }

  private Named named(String name) {
    Named named = byName.get(name);
    if (named == null) throw new IllegalArgumentException("No static file is called " + name);
    return named;
  }

  private static @Nullable Buffer buffer(String file) {
    byte[] bytes = read(file);
    return bytes == null ? null : Buffer.buffer(bytes);
  }

  private static byte @Nullable [] read(String file) {
    try (InputStream in = Assets.class.getResourceAsStream(FOLDER + file)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
