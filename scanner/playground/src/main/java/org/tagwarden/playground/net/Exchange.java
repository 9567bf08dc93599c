package org.tagwarden.playground.net;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.tagwarden.playground.ServedRequest;

/** One request and its answer; every answer is noted in the request log. */
public final class Exchange {
  private final Vertx vertx;
  private final HttpServerRequest request;
  private final String host;
  private final AtomicReference<ServedRequest> entry;

  Exchange(
      Vertx vertx, HttpServerRequest request, String host, AtomicReference<ServedRequest> entry) {
    this.vertx = vertx;
    this.request = request;
    this.host = host;
    this.entry = entry;
  }

  /** The timers and streams of an answer run here. */
  public Vertx vertx() {
    return vertx;
  }

  /** The request as it came. */
  public HttpServerRequest request() {
    return request;
  }

  /** The Host header without port, in lower case. */
  public String host() {
    return host;
  }

  /** A query parameter, or the fallback. */
  public String query(String name, String fallback) {
    String value = request.getParam(name);
    return value == null ? fallback : value;
  }

  /** Adds a response header; several of a name are kept. */
  public Exchange header(String name, String value) {
    response().headers().add(name, value);
    return this;
  }

  /** Answers with text, gzipped when the browser takes it. */
  public void send(int status, String type, String body) {
    send(status, type, body.getBytes(StandardCharsets.UTF_8));
  }

  /** Answers with a body; text is gzipped when the browser takes it. */
  public void send(int status, String type, byte[] body) {
    String accepted = request.getHeader("Accept-Encoding");
    boolean gzip =
        isText(type) && body.length > 256 && accepted != null && accepted.contains("gzip");
    send(status, type, body, gzip ? "gzip" : null);
  }

  /** Answers with a body in one content encoding, asked for or not. */
  public void send(int status, String type, byte[] body, @Nullable String encoding) {
    answered(status, body);
    response().setStatusCode(status).putHeader("Content-Type", type);
    byte[] encoded = encode(body, encoding);
    if (encoding != null) response().putHeader("Content-Encoding", encoding);
    response().putHeader("Content-Length", String.valueOf(encoded.length));
    if (request.method().equals(HttpMethod.HEAD)) {
      response().end();
    } else {
      response().end(Buffer.buffer(encoded));
    }
  }

  /** Answers without a body. */
  public void empty(int status) {
    answered(status, null);
    response().setStatusCode(status).end();
  }

  /** Answers by a redirect. */
  public void redirect(int status, String location) {
    header("Location", location).empty(status);
  }

  /** Begins a stream of chunks; the caller writes and ends it. */
  public HttpServerResponse stream(int status, String type) {
    answered(status, null);
    return response().setStatusCode(status).putHeader("Content-Type", type).setChunked(true);
  }

  /** Answers with one piece of a body, over and over, so many milliseconds apart. */
  public void inPieces(int status, String type, byte[] piece, int count, int apartMs) {
    MessageDigest digest = newSha256();
    for (int i = 0; i < count; i++) digest.update(piece);
    long bytes = (long) piece.length * count;
    String sha256 = HexFormat.of().formatHex(digest.digest());
    entry.updateAndGet(served -> served.answered(status, sha256, bytes));
    response().setStatusCode(status).putHeader("Content-Type", type).setChunked(true);
    writePieces(Buffer.buffer(piece), count, apartMs);
  }

  /** The next piece goes when the one before has gone, so that no body piles up in memory. */
  private void writePieces(Buffer piece, int count, int apartMs) {
    if (count == 0) {
      response().end();
      return;
    }
    response()
        .write(piece)
        .onSuccess(sent -> vertx.setTimer(apartMs, t -> writePieces(piece, count - 1, apartMs)));
  }

  /** Notes an answer that was given past this class (a WebSocket). */
  public void answered(int status, byte @Nullable [] body) {
    String sha256 = body == null || body.length == 0 ? null : sha256(body);
    long bytes = body == null ? 0 : body.length;
    entry.updateAndGet(served -> served.answered(status, sha256, bytes));
  }

  /** Cuts the connection without an answer. */
  public void cut() {
    request.connection().close();
  }

  private HttpServerResponse response() {
    return request.response();
  }

  private static boolean isText(String type) {
    return type.startsWith("text/")
        || type.contains("javascript")
        || type.contains("json")
        || type.contains("svg")
        || type.contains("xml");
  }

  private static byte[] encode(byte[] body, @Nullable String encoding) {
    if (encoding == null) return body;
    return switch (encoding) {
      case "gzip" -> Encodings.gzip(body);
      case "br" -> Encodings.brotli(body);
      case "zstd" -> Encodings.zstd(body);
      default -> throw new IllegalArgumentException("no such content encoding: " + encoding);
    };
  }

  private static String sha256(byte[] body) {
    return HexFormat.of().formatHex(newSha256().digest(body));
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
