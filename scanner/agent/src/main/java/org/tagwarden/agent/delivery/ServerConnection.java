package org.tagwarden.agent.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.InvalidReportException;
import org.tagwarden.report.ReportCodec;
import org.tagwarden.report.ScanJob;

/**
 * The calls a scanner makes to its server, each with its token. An {@link IOException} means that
 * no answer came, a {@link ServerRefusal} that the answer was no. Thread-safe.
 */
public final class ServerConnection {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(CONNECT).version(HttpClient.Version.HTTP_1_1).build();
  private final URI server;
  private final String token;

  /**
   * @param server the server's address, with a path if it is not at the root
   */
  public ServerConnection(URI server, String token) {
    this.server = server.getPath().endsWith("/") ? server : URI.create(server + "/");
    this.token = token;
  }

  /** Asks for a job; empty when there was nothing to do within the claim's waiting time. */
  public Optional<ScanJob> claim(Claim claim)
      throws IOException, ServerRefusal, InterruptedException {
    HttpRequest request =
        json("api/v1/scanner/jobs/claim", ReportCodec.write(claim))
            .timeout(ANSWER.plusSeconds(claim.waitSeconds()))
            .build();
    HttpResponse<byte[]> response = send(request);
    if (response.statusCode() == 204) return Optional.empty();
    try {
      return Optional.of(ReportCodec.read(response.body(), ScanJob.class));
    } catch (InvalidReportException e) {
      throw new IOException(
          "The server at " + server + " sent a job that cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Keeps a job and tells how far it is ("found", "visited", "page"; nothing when there is nothing
   * to tell); false when the lease is lost and the work on it should stop.
   */
  public boolean heartbeat(UUID jobId, Map<String, Object> progress)
      throws IOException, ServerRefusal, InterruptedException {
    byte[] body = progress.isEmpty() ? new byte[0] : JSON.writeValueAsBytes(progress);
    return holds(json("api/v1/scanner/jobs/" + jobId + "/heartbeat", body).build());
  }

  /**
   * Gives a job back as done, or, with a problem, to be tried again; false when it was no longer
   * ours.
   */
  public boolean finish(UUID jobId, @Nullable String problem)
      throws IOException, ServerRefusal, InterruptedException {
    Map<String, @Nullable String> body = new HashMap<>();
    body.put("problem", problem);
    return holds(
        json("api/v1/scanner/jobs/" + jobId + "/finish", JSON.writeValueAsBytes(body)).build());
  }

  /** Hands in one compressed record of the contract; returns when the server has stored it. */
  public void deliver(ReportKind kind, byte[] zstd)
      throws IOException, ServerRefusal, InterruptedException {
    send(json(kind.path(), zstd).header("Content-Encoding", "zstd").build());
  }

  private boolean holds(HttpRequest request)
      throws IOException, ServerRefusal, InterruptedException {
    try {
      send(request);
      return true;
    } catch (ServerRefusal e) {
      if (e.status() == 409) return false;
      throw e;
    }
  }

  private HttpRequest.Builder json(String path, byte[] body) {
    return HttpRequest.newBuilder(server.resolve(path))
        .timeout(ANSWER)
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, application/problem+json")
        .POST(BodyPublishers.ofByteArray(body));
  }

  private HttpResponse<byte[]> send(HttpRequest request)
      throws IOException, ServerRefusal, InterruptedException {
    HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() / 100 != 2) throw refusal(response);
    return response;
  }

  /** The sentence of a problem+json answer, or else its status. */
  private ServerRefusal refusal(HttpResponse<byte[]> response) {
    String sentence = "";
    try {
      JsonNode problem = JSON.readTree(response.body());
      sentence = problem.path("detail").asText(problem.path("title").asText(""));
    } catch (IOException e) {
      // No problem+json, for example from a proxy in between: the status has to do.
    }
    String status = "HTTP " + response.statusCode() + " from " + response.uri();
    return new ServerRefusal(
        response.statusCode(), sentence.isBlank() ? status : sentence + " (" + status + ")");
  }
}
