package org.tagwarden.agent.bench;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tagwarden.playground.ServedRequest;
import org.tagwarden.playground.content.Content;

/** The playground in a JVM of its own, so that its work is in nobody's figures. */
final class PlaygroundProcess implements AutoCloseable {
  private static final Pattern PORTS = Pattern.compile("http on port (\\d+), https on port (\\d+)");
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> urls = new ArrayList<>();
  private final Path caCertificate;
  private int httpPort;
  private int httpsPort;

  private PlaygroundProcess(Process process, Path caCertificate) {
    this.process = process;
    this.caCertificate = caCertificate;
  }

  /** Starts it; it ends with this JVM. */
  static PlaygroundProcess start(Path folder) throws IOException {
    Process process =
        new ProcessBuilder(
                Contender.java(
                    List.of(),
                    "org.tagwarden.playground.Main",
                    "--http-port=0",
                    "--https-port=0",
                    "--end-with-stdin",
                    "--folder=" + folder))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    PlaygroundProcess playground =
        new PlaygroundProcess(process, folder.resolve("playground-ca.pem"));
    playground.read(process.inputReader());
    return playground;
  }

  private void read(BufferedReader output) throws IOException {
    // The list of pages ends without a mark: its length is known from the playground's own class.
    int pages = Content.urls().size();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher ports = PORTS.matcher(line);
      if (ports.find()) {
        httpPort = Integer.parseInt(ports.group(1));
        httpsPort = Integer.parseInt(ports.group(2));
      } else if (line.startsWith("  ")) {
        urls.add(line.strip());
        if (urls.size() == pages) return;
      }
    }
    throw new IOException("The playground ended before it had started");
  }

  int httpPort() {
    return httpPort;
  }

  int httpsPort() {
    return httpsPort;
  }

  Path caCertificate() {
    return caCertificate;
  }

  List<String> urls() {
    return List.copyOf(urls);
  }

  List<String> connectTo() {
    return List.of(":80:127.0.0.1:" + httpPort, ":443:127.0.0.1:" + httpsPort);
  }

  /**
   * What pages asked for. What a browser asks for on its own account (who is signed in, is there an
   * update) goes to hosts that the playground knows nothing of, and is left out: no page asked.
   */
  List<ServedRequest> log() {
    Set<String> hosts = Set.copyOf(Content.whole().names());
    try {
      return Stream.of(JSON.readValue(frontDesk("GET"), ServedRequest[].class))
          .filter(request -> hosts.contains(request.host()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void clearLog() {
    frontDesk("DELETE");
  }

  private String frontDesk(String method) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/log"))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("Nobody interrupts the bench", e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
