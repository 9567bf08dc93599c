package org.tagwarden.collector.alerts.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.alerts.Alert;
import org.tagwarden.collector.alerts.AlertException;
import org.tagwarden.collector.alerts.Destination;
import org.tagwarden.collector.alerts.Secrets;

/**
 * Posts JSON to the address of a destination. The address is looked up once, judged, and then
 * called as it was found: a name that means something else a moment later leads nowhere. Redirects
 * are not followed. The address itself may be a secret, so that no sentence or log names more of it
 * than its host.
 */
public final class HttpTarget {
  private static final int CONNECT_MS = 5_000;

  /** How long a receiver may take to answer. */
  public static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Vertx vertx;
  private final Secrets secrets;
  private final boolean privateTargets;
  private final Clock clock;
  private final Duration patience;
  private final HttpClient client;

  /**
   * @param privateTargets whether addresses of the server's own surroundings may be called
   */
  public HttpTarget(
      Vertx vertx, Secrets secrets, boolean privateTargets, Clock clock, Duration patience) {
    this.vertx = vertx;
    this.secrets = secrets;
    this.privateTargets = privateTargets;
    this.clock = clock;
    this.patience = patience;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(CONNECT_MS).setKeepAlive(false));
  }

  /** Throws a refusal unless this is a web address or a secret's reference. */
  public void check(String address) {
    if (Secrets.isReference(address)) return;
    try {
      uri(address);
    } catch (AlertException e) {
      throw Refusal.invalid("address", String.valueOf(e.getMessage()));
    }
  }

  private record Ready(URI uri, InetAddress address, @Nullable String key) {}

  /** Hands the body over; succeeds with an answer of 2xx. */
  public Future<Void> post(Alert alert, String body) {
    Destination destination = alert.target();
    // Reading a secret and looking up a name block.
    return vertx
        .executeBlocking(() -> ready(destination), false)
        .compose(ready -> call(alert, ready, body));
  }

  private Ready ready(Destination destination) {
    URI uri = uri(secrets.resolve(destination.address()));
    String signing = destination.signing();
    return new Ready(uri, address(uri), signing == null ? null : secrets.resolve(signing));
  }

  private URI uri(String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw noAddress();
    }
    boolean https = "https".equalsIgnoreCase(uri.getScheme());
    boolean http = "http".equalsIgnoreCase(uri.getScheme());
    if (uri.getHost() == null || uri.getUserInfo() != null || !(https || http)) throw noAddress();
    if (http && !privateTargets)
      throw AlertException.permanent(
          "The address of " + uri.getHost() + " must begin with https://.", null);
    return uri;
  }

  /** Without the text, which may be a secret. */
  private static AlertException noAddress() {
    return AlertException.permanent(
        "This is no web address: write it like https://hooks.example.com/tagwarden.", null);
  }

  private InetAddress address(URI uri) {
    InetAddress found = null;
    try {
      for (InetAddress one : InetAddress.getAllByName(uri.getHost())) {
        if (!privateTargets && !PublicAddress.is(one)) {
          throw AlertException.permanent(
              uri.getHost()
                  + " lies in a private network: such targets are refused unless the server's"
                  + " setting alerts.private-targets allows them.",
              null);
        }
        if (found == null) found = one;
      }
    } catch (UnknownHostException e) {
      throw AlertException.passing("The host " + uri.getHost() + " is not known.", e);
    }
    if (found == null) throw AlertException.passing("No address for " + uri.getHost(), null);
    return found;
  }

  private Future<Void> call(Alert alert, Ready ready, String body) {
    URI uri = ready.uri();
    boolean tls = "https".equalsIgnoreCase(uri.getScheme());
    int port = uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80;
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setServer(SocketAddress.inetSocketAddress(port, ready.address().getHostAddress()))
            .setHost(uri.getHost())
            .setPort(port)
            .setSsl(tls)
            .setURI(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery())
            .setFollowRedirects(false)
            .putHeader("Content-Type", "application/json; charset=utf-8")
            .putHeader("User-Agent", "tagwarden");
    sign(options, alert, ready.key(), body);
    return client
        .request(options)
        .compose(request -> answer(request, uri.getHost(), body))
        .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .recover(failure -> Future.failedFuture(said(uri, failure)));
  }

  private void sign(RequestOptions options, Alert alert, @Nullable String key, String body) {
    long timestamp = clock.instant().getEpochSecond();
    options.putHeader("webhook-id", alert.messageId());
    options.putHeader("webhook-timestamp", String.valueOf(timestamp));
    if (key == null) return;
    try {
      options.putHeader("webhook-signature", Signature.of(key, alert.messageId(), timestamp, body));
    } catch (IllegalArgumentException e) {
      throw AlertException.passing(
          "The signing key is no Base64 after whsec_: correct its file among the server's secrets.",
          null);
    }
  }

  /** The status decides; what the other side says besides is not read. */
  private Future<Void> answer(HttpClientRequest request, String host, String body) {
    return request
        .idleTimeout(patience.toMillis())
        .send(body)
        .compose(
            response -> {
              int status = response.statusCode();
              request.connection().close();
              if (status >= 200 && status < 300) return Future.succeededFuture();
              return Future.failedFuture(refused(host, status));
            });
  }

  /** Only "gone" is for good: whatever else is wrong over there, somebody may mend it today. */
  private static AlertException refused(String host, int status) {
    if (status == 410)
      return AlertException.permanent(
          host + " answered 410: there is nobody any more at this address.", null);
    if (status >= 300 && status < 400)
      return AlertException.passing(
          host + " answered " + status + ": redirects are not followed, enter the final address.",
          null);
    return AlertException.passing(host + " answered " + status + ".", null);
  }

  private static Throwable said(URI uri, Throwable failure) {
    if (failure instanceof AlertException) return failure;
    return AlertException.passing(
        uri.getHost() + " could not be reached: " + failure.getMessage(), failure);
  }
}
