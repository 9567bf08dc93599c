package org.tagwarden.agent.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What a running browser holds, asked over a DevTools connection of our own. */
record BrowserState(int contexts, int targets) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Sums up the browsers whose profiles are in this folder. */
  static BrowserState of(Path profiles) {
    int contexts = 0;
    int targets = 0;
    for (Path active : activePorts(profiles)) {
      try {
        List<String> lines = Files.readAllLines(active);
        URI address = URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
        contexts += ask(address, "Target.getBrowserContexts").path("browserContextIds").size();
        targets += ask(address, "Target.getTargets").path("targetInfos").size();
      } catch (IOException e) {
        continue; // just ended
      } catch (Exception e) {
        throw new IllegalStateException("The browser of " + active + " does not answer", e);
      }
    }
    return new BrowserState(contexts, targets);
  }

  private static List<Path> activePorts(Path profiles) {
    if (!Files.isDirectory(profiles)) return List.of();
    try (Stream<Path> found = Files.list(profiles)) {
      return found.map(p -> p.resolve("DevToolsActivePort")).filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static JsonNode ask(URI address, String method) throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    WebSocket socket =
        HTTP.newWebSocketBuilder()
            .buildAsync(address, new Answer(answer))
            .get(10, TimeUnit.SECONDS);
    try {
      socket.sendText("{\"id\":1,\"method\":\"" + method + "\"}", true).get(10, TimeUnit.SECONDS);
      return new JsonMapper().readTree(answer.get(10, TimeUnit.SECONDS)).path("result");
    } finally {
      socket.abort();
    }
  }

  private static final class Answer implements WebSocket.Listener {
    private final CompletableFuture<String> whole;
    private final StringBuilder text = new StringBuilder();

    Answer(CompletableFuture<String> whole) {
      this.whole = whole;
    }

    @Override
    public @org.jspecify.annotations.Nullable CompletionStage<?> onText(
        WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) whole.complete(text.toString());
      socket.request(1);
      return null;
    }
  }
}
