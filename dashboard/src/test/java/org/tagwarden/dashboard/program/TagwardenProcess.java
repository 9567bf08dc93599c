package org.tagwarden.dashboard.program;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code tagwarden up --demo} as people start it: a process of its own, on ports of its own. */
final class TagwardenProcess {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path data;
  private final int port;
  private final int mailPort;
  private final Process process;
  private final String signInLink;

  TagwardenProcess(Path data, List<Integer> ports) throws IOException {
    this.data = data;
    this.port = ports.get(0);
    this.mailPort = ports.get(4);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("org.tagwarden.dashboard.Main", "up", "--demo"));
    command.addAll(List.of("--data", data.toString(), "--port", "" + port));
    command.addAll(
        List.of(
            "--demo-ports",
            "%d,%d,%d,%d".formatted(ports.get(1), ports.get(2), ports.get(3), mailPort)));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    signInLink = awaitLink(process.inputReader(StandardCharsets.UTF_8));
  }

  private static String awaitLink(BufferedReader out) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine())
      if (line.contains("/link/")) return line.replaceAll("[│\\s]", "");
    throw new IOException("up ended before it printed a link: see its log above");
  }

  String signInLink() {
    return signInLink;
  }

  /** An answer of the REST API, asked with the demo's token. */
  JsonNode api(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(address(path)).GET());
  }

  JsonNode post(String path, String body) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(address(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + port + "/api/v1/" + path);
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    String token = Files.readString(data.resolve("api.token")).strip();
    var response =
        http.send(
            request.header("Authorization", "Bearer " + token).build(), BodyHandlers.ofByteArray());
    if (response.statusCode() / 100 != 2)
      throw new IOException(response + ": " + new String(response.body(), StandardCharsets.UTF_8));
    return JSON.readTree(response.body());
  }

  /** "recipient subject" of each caught mail. */
  List<String> mails() throws IOException, InterruptedException {
    var response =
        http.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + mailPort + "/mails.json"))
                .build(),
            BodyHandlers.ofByteArray());
    List<String> mails = new ArrayList<>();
    for (JsonNode mail : JSON.readTree(response.body()))
      mails.add(mail.path("to").get(0).asText() + " " + mail.path("subject").asText());
    return mails;
  }

  /** SIGTERM; returns when it has ended. */
  void stop() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  /** kill -9: it cannot tidy up. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** The command lines of living processes that were started for this data folder. */
  static List<String> processesOf(Path data) {
    return ProcessHandle.allProcesses()
        .map(process -> process.info().commandLine().orElse(""))
        .filter(line -> line.contains(data.toString()))
        .toList();
  }
}
