package org.tagwarden.dashboard.program;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A server by its API, for commands that act through it. */
class RemoteServer {
  private static final String USUAL_SERVER = "http://127.0.0.1:8844";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "The server. Default: TAGWARDEN_SERVER, else " + USUAL_SERVER + ".")
  private @Nullable String server;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "An API token with the role that this needs. Default: TAGWARDEN_TOKEN.")
  private @Nullable String token;

  /** The answer as text. */
  String send(String method, String path, @Nullable JsonObject body) {
    HttpRequest.Builder request = request(path).timeout(PATIENCE);
    if (body != null) request.header("Content-Type", "application/json");
    request.method(
        method,
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body.encode()));
    HttpResponse<String> answer = answer(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() < 300) return answer.body();
    throw ProgramFailure.cannot(refusal(answer.statusCode(), answer.body()));
  }

  /** Writes what the server answers into a file that is there and ours. */
  void download(String path, Path file, Duration patience) {
    HttpResponse<Object> answer =
        answer(
            request(path).timeout(patience).build(),
            head ->
                head.statusCode() < 300
                    ? BodySubscribers.mapping(BodySubscribers.ofFile(file), saved -> saved)
                    : BodySubscribers.mapping(
                        BodySubscribers.ofString(StandardCharsets.UTF_8), text -> text));
    if (answer.statusCode() >= 300) {
      throw ProgramFailure.cannot(refusal(answer.statusCode(), answer.body().toString()));
    }
  }

  private HttpRequest.Builder request(String path) {
    String secret = or(token, "TAGWARDEN_TOKEN", "");
    if (secret.isBlank()) {
      throw ProgramFailure.usage("It needs a token: --token TOKEN, or TAGWARDEN_TOKEN.");
    }
    try {
      return HttpRequest.newBuilder(URI.create(server().replaceAll("/+$", "") + path))
          .header("Authorization", "Bearer " + secret);
    } catch (IllegalArgumentException e) {
      throw ProgramFailure.usage("--server " + server() + " is no URL: write http://host:port.");
    }
  }

  private <T> HttpResponse<T> answer(HttpRequest request, BodyHandler<T> body) {
    try {
      return HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(PATIENCE)
          .build()
          .send(request, body);
    } catch (IOException e) {
      throw ProgramFailure.cannot("The server " + server() + " does not answer: " + e + ".");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ProgramFailure.cannot("It was interrupted.");
    }
  }

  private String server() {
    return or(server, "TAGWARDEN_SERVER", USUAL_SERVER);
  }

  private static String or(@Nullable String given, String variable, String usual) {
    if (given != null) return given;
    String set = System.getenv(variable);
    return set == null || set.isBlank() ? usual : set;
  }

  private static String refusal(int status, String body) {
    try {
      return new JsonObject(body).getString("detail", "status " + status);
    } catch (DecodeException e) { // not our server, or a proxy before it
      return "The server answers with status " + status + ".";
    }
  }
}
