package org.tagwarden.dashboard.program;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The server that holds the policy, by its API. */
final class PolicyServer {
  private static final String USUAL_SERVER = "http://127.0.0.1:8080";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "The server. Default: TAGWARDEN_SERVER, else " + USUAL_SERVER + ".")
  private @Nullable String server;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description =
          "An API token: viewer to export, approver to plan and apply. Default: TAGWARDEN_TOKEN.")
  private @Nullable String token;

  @Option(
      names = "--client",
      paramLabel = "NAME",
      required = true,
      description = "Whose policy: the client's name.")
  private String client;

  /** The server's answer about the client's policy. */
  JsonObject call(String method, String path, @Nullable JsonObject body) {
    return object(send(method, "/api/v1/clients/" + clientId() + "/policy" + path, body));
  }

  private int clientId() {
    String answer = send("GET", "/api/v1/clients", null);
    JsonArray clients = new JsonArray(answer);
    for (int i = 0; i < clients.size(); i++) {
      JsonObject one = clients.getJsonObject(i);
      if (one.getString("name").equals(client)) return one.getInteger("id");
    }
    throw ProgramFailure.usage("This token sees no client \"" + client + "\".");
  }

  private String send(String method, String path, @Nullable JsonObject body) {
    String secret = or(token, "TAGWARDEN_TOKEN", "");
    if (secret.isBlank()) {
      throw ProgramFailure.usage("It needs a token: --token TOKEN, or TAGWARDEN_TOKEN.");
    }
    HttpRequest.Builder request;
    try {
      request = HttpRequest.newBuilder(URI.create(server().replaceAll("/+$", "") + path));
    } catch (IllegalArgumentException e) {
      throw ProgramFailure.usage("--server " + server() + " is no URL: write http://host:port.");
    }
    request.timeout(PATIENCE).header("Authorization", "Bearer " + secret);
    if (body != null) request.header("Content-Type", "application/json");
    request.method(
        method,
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body.encode()));
    return answer(request.build());
  }

  private String answer(HttpRequest request) {
    try {
      HttpResponse<String> response =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(PATIENCE)
              .build()
              .send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() < 300) return response.body();
      throw ProgramFailure.cannot(refusal(response));
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

  private static String refusal(HttpResponse<String> response) {
    try {
      return new JsonObject(response.body()).getString("detail", "status " + response.statusCode());
    } catch (DecodeException e) { // not our server, or a proxy before it
      return "The server answers with status " + response.statusCode() + ".";
    }
  }

  private static JsonObject object(String answer) {
    try {
      return new JsonObject(answer);
    } catch (DecodeException e) {
      throw ProgramFailure.cannot("The server's answer is no JSON: is it a Tagwarden?");
    }
  }

  /** A policy's file as the API takes it. */
  static JsonObject policy(Path file, boolean prune) {
    try {
      String name = String.valueOf(file.getFileName());
      return new JsonObject()
          .put("policy", Files.readString(file, StandardCharsets.UTF_8))
          .put("format", isCsv(name) ? "csv" : "yaml")
          .put("prune", prune);
    } catch (IOException e) {
      throw ProgramFailure.usage(
          file + (Files.exists(file) ? " cannot be read: " + e : " does not exist") + ".");
    }
  }

  static boolean isCsv(String name) {
    return name.toLowerCase(java.util.Locale.ROOT).endsWith(".csv");
  }

  /** Prints what changes, a line each. */
  static void print(JsonObject plan, PrintWriter out) {
    JsonArray lines = plan.getJsonArray("lines");
    for (int i = 0; i < lines.size(); i++) {
      JsonObject line = lines.getJsonObject(i);
      String kind = line.getString("kind");
      out.println(sign(kind) + " " + line.getString("subject") + note(kind));
      for (Object difference : line.getJsonArray("differences")) {
        out.println("    " + difference);
      }
    }
    out.println(
        plan.getLong("changes")
            + " to change, "
            + plan.getInteger("unchanged")
            + " as the policy says.");
    out.flush();
  }

  private static String sign(String kind) {
    return switch (kind) {
      case "CREATE" -> "+";
      case "CHANGE" -> "~";
      case "WITHDRAW" -> "-";
      default -> " ";
    };
  }

  private static String note(String kind) {
    return kind.equals("KEEP") ? " is not in the policy and stays; --prune withdraws it" : "";
  }
}
