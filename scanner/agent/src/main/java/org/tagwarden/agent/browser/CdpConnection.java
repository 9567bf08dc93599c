package org.tagwarden.agent.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket to the browser's DevTools with flat sessions. Events are handed to the listener of
 * their session on the socket's thread, in order: listeners must be quick and must not wait for an
 * answer.
 */
final class CdpConnection implements AutoCloseable {
  /** Told of each event of a session, and how many characters it took to tell. */
  interface Listener {
    void event(String method, JsonNode params, int length);
  }

  private static final Logger LOG = LoggerFactory.getLogger(CdpConnection.class);
  private static final JsonMapper JSON = new JsonMapper();

  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final Map<String, Listener> sessions = new ConcurrentHashMap<>();
  private final AtomicInteger ids = new AtomicInteger();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final Listener root;
  private final WebSocket socket;
  private CompletableFuture<?> lastSend = CompletableFuture.completedFuture(null);

  CdpConnection(HttpClient http, URI address, Listener root) {
    this.root = root;
    try {
      this.socket =
          http.newWebSocketBuilder()
              .connectTimeout(Duration.ofSeconds(10))
              .buildAsync(address, new Reader())
              .get(15, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new CdpException("The browser's DevTools at " + address + " cannot be reached", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CdpException("Interrupted while connecting to the browser", e);
    }
  }

  /** Sends a command; the future fails with a {@link CdpException} when it fails. */
  CompletableFuture<JsonNode> send(@Nullable String session, String method, Map<String, ?> params) {
    int id = ids.incrementAndGet();
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    if (!params.isEmpty()) message.set("params", JSON.valueToTree(params));
    if (session != null) message.put("sessionId", session);
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    if (closed.isDone()) return gone(answer, method);
    waiting.put(id, answer);
    write(message.toString(), id);
    if (closed.isDone()) gone(answer, method);
    return answer;
  }

  /** Completes when the browser has hung up, for whatever reason. */
  CompletableFuture<Void> closed() {
    return closed;
  }

  void listen(String session, Listener listener) {
    sessions.put(session, listener);
  }

  void forget(String session) {
    sessions.remove(session);
  }

  @Override
  public void close() {
    socket.abort();
    end();
  }

  private static CompletableFuture<JsonNode> gone(
      CompletableFuture<JsonNode> answer, String method) {
    answer.completeExceptionally(new CdpException("The browser is gone; it was to do " + method));
    return answer;
  }

  /** The JDK's WebSocket wants each message to be sent before the next is given to it. */
  private synchronized void write(String text, int id) {
    lastSend =
        lastSend
            .handle((done, failed) -> null)
            .thenCompose(x -> socket.sendText(text, true))
            .whenComplete(
                (sent, failed) -> {
                  CompletableFuture<JsonNode> answer = failed == null ? null : waiting.remove(id);
                  if (answer != null)
                    answer.completeExceptionally(new CdpException("The browser hung up", failed));
                });
  }

  private void end() {
    closed.complete(null);
    for (Integer id : waiting.keySet()) {
      CompletableFuture<JsonNode> answer = waiting.remove(id);
      if (answer != null) answer.completeExceptionally(new CdpException("The browser hung up"));
    }
  }

  private void received(String text) {
    JsonNode message;
    try {
      message = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      LOG.warn("The browser sent something that is not JSON: {}", e.getOriginalMessage());
      return;
    }
    JsonNode id = message.get("id");
    if (id != null) answered(id.asInt(), message);
    else event(message, text.length());
  }

  private void answered(int id, JsonNode message) {
    CompletableFuture<JsonNode> answer = waiting.remove(id);
    if (answer == null) return;
    JsonNode error = message.get("error");
    if (error == null) answer.complete(message.path("result"));
    else answer.completeExceptionally(new CdpException(error.path("message").asText("unknown")));
  }

  private void event(JsonNode message, int length) {
    String session = message.path("sessionId").asText(null);
    Listener listener = session == null ? root : sessions.get(session);
    if (listener == null) return;
    try {
      listener.event(message.path("method").asText(), message.path("params"), length);
    } catch (RuntimeException e) {
      LOG.warn("An event of the browser could not be taken in: {}", message.path("method"), e);
    }
  }

  private final class Reader implements WebSocket.Listener {
    private final StringBuilder partial = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket ws, CharSequence data, boolean last) {
      if (last && partial.isEmpty()) {
        received(data.toString());
      } else {
        partial.append(data);
        if (last) {
          String whole = partial.toString();
          partial.setLength(0);
          partial.trimToSize();
          received(whole);
        }
      }
      ws.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket ws, int code, String reason) {
      end();
      return null;
    }

    @Override
    public void onError(WebSocket ws, Throwable error) {
      end();
    }
  }
}
