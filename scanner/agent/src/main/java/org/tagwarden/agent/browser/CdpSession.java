package org.tagwarden.agent.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A DevTools session with one target, or with the browser itself. */
public final class CdpSession {
  private final CdpConnection connection;
  private final @Nullable String id;

  CdpSession(CdpConnection connection, @Nullable String id) {
    this.connection = connection;
    this.id = id;
  }

  /** Sends a command and returns at once. */
  public CompletableFuture<JsonNode> send(String method, Map<String, ?> params) {
    return connection.send(id, method, params);
  }

  /** Sends a command and waits for the answer; {@link CdpException} when there is none in time. */
  public JsonNode call(String method, Map<String, ?> params, long timeoutMs) {
    return await(send(method, params), method, timeoutMs);
  }

  /** Waits for an answer; {@link CdpException} when there is none in time. */
  public static <T> T await(CompletableFuture<T> answer, String what, long timeoutMs) {
    try {
      return answer.get(timeoutMs, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new CdpException(what + ": " + e.getCause().getMessage(), e.getCause());
    } catch (TimeoutException e) {
      throw new CdpException(what + ": no answer within " + timeoutMs + " ms", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CdpException(what + ": interrupted", e);
    }
  }
}
