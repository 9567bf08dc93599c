package org.tagwarden.collector.api;

import com.github.luben.zstd.ZstdInputStream;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.ServerConfig.Limits;
import org.tagwarden.report.InvalidReportException;

/**
 * Reads a report's body: counts while it comes in, so that one too big is refused before it fills
 * the memory, and decompresses and parses off the event loop.
 */
final class ReportBody {
  private static final int MEGABYTE = 1 << 20;

  private final Vertx vertx;
  private final Limits limits;

  ReportBody(Vertx vertx, Limits limits) {
    this.vertx = vertx;
    this.limits = limits;
  }

  /** The parsed body, or a {@link Refusal} that says what is wrong with it. */
  <T> Future<T> read(HttpServerRequest request, Function<byte[], T> parse) {
    String encoding = request.getHeader("Content-Encoding");
    return receive(request)
        .compose(
            // Tens of megabytes of JSON: far too much for the event loop.
            body -> vertx.executeBlocking(() -> parse.apply(decode(body, encoding)), false));
  }

  private Future<Buffer> receive(HttpServerRequest request) {
    long most = (long) limits.reportMegabytes() * MEGABYTE;
    Promise<Buffer> received = Promise.promise();
    Buffer body = Buffer.buffer();
    request.exceptionHandler(received::tryFail);
    request.endHandler(end -> received.tryComplete(body));
    request.handler(
        chunk -> {
          // After the refusal the rest is read and dropped: closing at once could lose the answer.
          if (received.future().isComplete()) return;
          if (body.length() + chunk.length() > most) received.tryFail(tooBig());
          else body.appendBuffer(chunk);
        });
    return received.future();
  }

  private Refusal tooBig() {
    return Refusal.of(
        Refusal.Kind.TOO_BIG,
        "This report is larger than "
            + limits.reportMegabytes()
            + " MB (limits.report-megabytes): scan fewer pages per report, or raise the limit.");
  }

  private byte[] decode(Buffer body, @Nullable String encoding) {
    String name = encoding == null ? "identity" : encoding.strip().toLowerCase(Locale.ROOT);
    byte[] bytes = body.getBytes();
    try (InputStream stream = stream(name, new ByteArrayInputStream(bytes))) {
      int most = limits.decodedMegabytes() * MEGABYTE;
      byte[] decoded = stream.readNBytes(most);
      if (decoded.length == most && stream.read() >= 0) {
        throw Refusal.of(
            Refusal.Kind.TOO_BIG,
            "This report is larger than "
                + limits.decodedMegabytes()
                + " MB when decompressed (limits.decoded-megabytes).");
      }
      return decoded;
    } catch (IOException e) {
      throw new InvalidReportException(
          "This is no report: its body is not " + name + ", as Content-Encoding says.", e);
    }
  }

  private static InputStream stream(String encoding, InputStream body) throws IOException {
    return switch (encoding) {
      case "identity" -> body;
      case "gzip" -> new GZIPInputStream(body);
      case "zstd" -> new ZstdInputStream(body);
      default ->
          throw Refusal.of(
              Refusal.Kind.UNSUPPORTED,
              "Content-Encoding \""
                  + encoding
                  + "\" is not understood: send gzip, zstd, or no compression.");
    };
  }
}
