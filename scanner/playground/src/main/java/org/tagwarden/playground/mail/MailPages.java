package org.tagwarden.playground.mail;

import com.icegreen.greenmail.util.GreenMail;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The pages of the mail catcher: {@code /} to read, {@code /mails.json} for programs (DELETE
 * empties it), {@code /mails/ID/html} the HTML part, locked into a sandbox.
 */
final class MailPages implements AutoCloseable {
  private static final Map<String, String> FILES =
      Map.of(
          "/", "index.html text/html; charset=utf-8",
          "/mails.css", "mails.css text/css; charset=utf-8",
          "/mails.js", "mails.js text/javascript; charset=utf-8");

  /** A mail may show pictures and styles and open links in a new tab, and nothing else. */
  private static final String MAIL_POLICY =
      "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data: http:"
          + " https:; style-src 'unsafe-inline'";

  private static final String PAGE_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src"
          + " 'self'; img-src data:";

  private final Vertx vertx;
  private final HttpServer server;
  private final GreenMail smtp;

  private MailPages(int port, GreenMail smtp) throws IOException {
    this.smtp = smtp;
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    try {
      server =
          vertx
              .createHttpServer()
              .requestHandler(this::answer)
              .listen(port, "127.0.0.1")
              .toCompletionStage()
              .toCompletableFuture()
              .get(30, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      vertx.close();
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(
          "The mail catcher cannot listen on port "
              + port
              + " ("
              + cause.getMessage()
              + "): choose another one, or 0 for any free port.",
          e);
    } catch (InterruptedException e) {
      vertx.close();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the mail catcher started", e);
    }
  }

  static MailPages start(int port, GreenMail smtp) throws IOException {
    return new MailPages(port, smtp);
  }

  int port() {
    return server.actualPort();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void answer(HttpServerRequest request) {
    String path = request.path() == null ? "/" : request.path();
    String file = FILES.get(path);
    if (file != null) {
      String[] nameAndType = file.split(" ", 2);
      request.response().putHeader("Content-Security-Policy", PAGE_POLICY);
      send(request.response(), nameAndType[1], read(nameAndType[0]));
    } else if (path.equals("/mails.json") && request.method().equals(HttpMethod.DELETE)) {
      MailCatcher.clear(smtp);
      request.response().setStatusCode(204).end();
    } else if (path.equals("/mails.json")) {
      // Reading parses every mail: off the event loop.
      mails(request.response(), mails -> send(request.response(), "application/json", json(mails)));
    } else if (path.startsWith("/mails/") && path.endsWith("/html")) {
      String id = path.substring("/mails/".length(), path.length() - "/html".length());
      mails(
          request.response(),
          mails -> html(request.response(), mails, URLDecoder.decode(id, StandardCharsets.UTF_8)));
    } else {
      request.response().setStatusCode(404).end("Nothing here: mails are at / and /mails.json\n");
    }
  }

  private interface Reader {
    void read(List<CaughtMail> mails);
  }

  private void mails(HttpServerResponse response, Reader reader) {
    vertx
        .executeBlocking(() -> MailReader.read(smtp.getReceivedMessages()), false)
        .onSuccess(reader::read)
        .onFailure(e -> response.setStatusCode(500).end("The mails cannot be read: " + e + "\n"));
  }

  private static void html(HttpServerResponse response, List<CaughtMail> mails, String id) {
    Optional<CaughtMail> mail = mails.stream().filter(one -> one.id().equals(id)).findFirst();
    if (mail.isEmpty()) {
      response.setStatusCode(404).end("No such mail.\n");
      return;
    }
    response.putHeader("Content-Security-Policy", MAIL_POLICY);
    send(
        response,
        "text/html; charset=utf-8",
        Buffer.buffer("<base target=\"_blank\">" + mail.get().html()));
  }

  private static Buffer json(List<CaughtMail> mails) {
    JsonArray array = new JsonArray();
    for (CaughtMail mail : mails) {
      array.add(
          new JsonObject()
              .put("id", mail.id())
              .put("at", mail.at().toString())
              .put("from", mail.from())
              .put("to", new JsonArray(mail.to()))
              .put("subject", mail.subject())
              .put("text", mail.text())
              .put("html", mail.html()));
    }
    return array.toBuffer();
  }

  private static void send(HttpServerResponse response, String type, @Nullable Buffer body) {
    response
        .putHeader("Content-Type", type)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Cache-Control", "no-store")
        .end(body);
  }

  private static Buffer read(String file) {
    try (InputStream in = MailPages.class.getResourceAsStream("/mail-catcher/" + file)) {
      if (in == null) throw new IllegalStateException("missing resource mail-catcher/" + file);
      return Buffer.buffer(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read mail-catcher/" + file, e);
    }
  }
}
