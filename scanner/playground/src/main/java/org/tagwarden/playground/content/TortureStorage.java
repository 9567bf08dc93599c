package org.tagwarden.playground.content;

import static org.tagwarden.playground.content.Answers.page;
import static org.tagwarden.playground.content.Answers.pixelWithCookie;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.tagwarden.playground.net.Exchange;
import org.tagwarden.playground.net.Internet;
import org.tagwarden.playground.net.VirtualHost;

/** What a page leaves behind in the browser: cookies, storage, and its caches. */
final class TortureStorage {
  static final List<String> PAGES =
      List.of("cookies", "cookies-third-party", "storage", "not-modified", "cached", "ranges");

  /** A second of silence: a WAV head and samples of eight bits. */
  private static final int SAMPLES = 8_000;

  private TortureStorage() {}

  static void addTo(Internet internet, VirtualHost site, VirtualHost tags) {
    site.at("/cookies", TortureStorage::cookies)
        .at("/tagged.json", TortureStorage::tagged)
        .withHeader("/kept.json", "Cache-Control", "max-age=3600");
    tags.at("/cookie.gif", pixelWithCookie("third=party")).at("/tone.wav", TortureStorage::tone);
    internet
        .host("frames.torture-tags.example")
        .withHeader(
            "/partitioned",
            "Set-Cookie",
            "apart=5; Path=/; Secure; HttpOnly; SameSite=None; Partitioned; Max-Age=3600");
  }

  private static void cookies(Exchange exchange) {
    exchange.header("Set-Cookie", "by_header=1; Path=/; HttpOnly; Secure; SameSite=Strict");
    exchange.header("Set-Cookie", "careless=2; Path=/");
    page("""
        <!doctype html>
        <html lang="en"><meta charset="utf-8"><title>cookies</title>
        <script>document.cookie = "by_script=3; path=/; max-age=86400";</script>
        <img src="https://cdn.torture-tags.example/cookie.gif" alt="">
        </html>
        """)
        .to(exchange);
  }

  private static void tagged(Exchange exchange) {
    String tag = "\"the-only-version\"";
    exchange.header("ETag", tag).header("Cache-Control", "no-cache");
    if (tag.equals(exchange.request().getHeader("If-None-Match"))) exchange.empty(304);
    else exchange.send(200, "application/json", "{\"tagged\":true}\n");
  }

  /** Answers {@code Range: bytes=FROM-TO} with that part. */
  private static void tone(Exchange exchange) {
    byte[] all = wav();
    String range = exchange.request().getHeader("Range");
    exchange.header("Accept-Ranges", "bytes");
    if (range == null || !range.matches("bytes=\\d{1,6}-\\d{0,6}")) {
      exchange.send(200, "audio/wav", all);
      return;
    }
    String[] ends = range.substring("bytes=".length()).split("-", -1);
    int from = Math.min(Integer.parseInt(ends[0]), all.length - 1);
    int to = ends[1].isEmpty() ? all.length - 1 : Integer.parseInt(ends[1]);
    to = Math.max(from, Math.min(to, all.length - 1));
    exchange.header("Content-Range", "bytes " + from + "-" + to + "/" + all.length);
    exchange.send(206, "audio/wav", java.util.Arrays.copyOfRange(all, from, to + 1));
  }

  private static byte[] wav() {
    java.nio.ByteBuffer wav =
        java.nio.ByteBuffer.allocate(44 + SAMPLES).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + SAMPLES);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(SAMPLES).putInt(SAMPLES);
    wav.putShort((short) 1).putShort((short) 8);
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(SAMPLES);
    while (wav.hasRemaining()) wav.put((byte) 128);
    return wav.array();
  }
}
