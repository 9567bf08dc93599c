package org.tagwarden.agent.traffic;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.Failure;
import org.tagwarden.report.Header;

/**
 * Writes one request and its response into the log while they pass. LittleProxy makes one for each
 * request and calls it from the event loops of both sides; bytes are counted and, for scripts,
 * copied, never held back.
 */
final class ExchangeFilter extends ConnectingFilter {
  private final TrafficLog log;
  private final TrafficRules rules;
  private final ClientChannel channel;
  private final UpstreamConnection first;
  private final Exchange exchange;
  private final HttpHeaders requestHeaders;
  private final Map<String, String> changes;
  private UpstreamConnection connection;
  private volatile boolean answered;
  private volatile boolean informational;

  ExchangeFilter(
      HttpRequest request,
      ChannelHandlerContext context,
      ClientChannel channel,
      TrafficLog log,
      TrafficRules rules) {
    super(request, context);
    this.log = log;
    this.rules = rules;
    this.channel = channel;
    RequestTarget target = RequestTarget.of(request, channel.tunnel());
    this.first =
        channel.tunnel() != null ? channel.tunnel() : channel.plain(target.host(), target.port());
    this.connection = first;
    this.requestHeaders = request.headers();
    this.changes = rules.stamp().changes(requestHeaders, target, first.tls);
    this.exchange =
        new Exchange(
            target.url(),
            request.method().name(),
            System.nanoTime(),
            asSent(),
            headBytes(
                request.method().name().length() + request.uri().length() + 11, requestHeaders),
            connection);
  }

  /** What the server gets: without the browser's word to the proxy, with what we add. */
  private List<Header> asSent() {
    HttpHeaders changed = requestHeaders.copy();
    changes.forEach(
        (name, value) -> changed.set(name, rules.stamp().confidential(name) ? "[removed]" : value));
    List<Header> sent = new ArrayList<>(Hygiene.clean(changed));
    sent.removeIf(h -> h.name().equalsIgnoreCase("Proxy-Connection"));
    if (rules.globalPrivacyControl()) sent.add(new Header("Sec-GPC", "1"));
    return sent;
  }

  @Override
  public @Nullable HttpResponse clientToProxyRequest(HttpObject object) {
    if (object instanceof HttpRequest request) {
      if (!log.admits(
          headBytes(request.method().name().length() + request.uri().length(), requestHeaders)))
        return turnedAway();
      request.headers().remove("Proxy-Connection");
      changes.forEach(request.headers()::set);
      if (rules.globalPrivacyControl()) request.headers().set("Sec-GPC", "1");
      if (channel.tunnel() == null) log.plain(connection.host, connection.port);
      else exchange.tls(log.certificateOf(connection.host, connection.port));
      channel.current(exchange);
      log.add(exchange);
    } else if (object instanceof HttpContent content) {
      exchange.requestBody(content.content().readableBytes());
    }
    return null;
  }

  /** Ends the connection, too: a page that floods shall not do it cheaply. */
  private HttpResponse turnedAway() {
    answered = true;
    HttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.TOO_MANY_REQUESTS);
    response.headers().set("Connection", "close").set("Content-Length", "0");
    return response;
  }

  @Override
  public void proxyToServerConnectionQueued() {
    if (channel.tunnel() != null) return;
    connection = channel.freshPlain(connection.host, connection.port);
    exchange.connection(connection);
  }

  @Override
  UpstreamConnection connection() {
    return connection;
  }

  @Override
  public void proxyToServerRequestSending() {
    exchange.sending(System.nanoTime());
  }

  @Override
  public void proxyToServerRequestSent() {
    exchange.sent(System.nanoTime());
  }

  @Override
  public HttpObject serverToProxyResponse(HttpObject object) {
    if (object instanceof HttpResponse response) head(response);
    if (object instanceof HttpContent content) body(content);
    return object;
  }

  private void head(HttpResponse response) {
    int code = response.status().code();
    informational = code < 200 && code != 101;
    if (informational) return;
    answered = true;
    if (response instanceof FullHttpResponse) {
      String message = connection.host + " sent something that is no HTTP response.";
      exchange.fail(new Failure(Failure.Code.OTHER, message), System.nanoTime());
      return;
    }
    HttpHeaders headers = response.headers();
    log.responseHead(headBytes(0, headers));
    exchange.responseHead(
        code,
        Hygiene.clean(headers),
        headers.getAll("Set-Cookie"),
        headBytes(response.status().reasonPhrase().length() + 15, headers),
        System.nanoTime(),
        ScriptSpotter.isScript(requestHeaders, headers));
    log.touch();
  }

  private void body(HttpContent content) {
    boolean last = content instanceof LastHttpContent;
    if (informational) {
      if (last) informational = false;
      return;
    }
    int bytes = content.content().readableBytes();
    exchange.responseBody(bytes);
    ByteArrayOutputStream copy = bytes == 0 ? null : exchange.scriptCopy(bytes, log);
    if (copy != null) copy(content, copy, bytes);
    if (!last) return;
    exchange.end(System.nanoTime());
    log.touch();
  }

  private static void copy(HttpContent content, ByteArrayOutputStream copy, int bytes) {
    try {
      synchronized (copy) {
        content.content().getBytes(content.content().readerIndex(), copy, bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Memory does not fail to be written", e);
    }
  }

  @Override
  public void serverToProxyResponseTimedOut() {
    exchange.fail(
        new Failure(
            Failure.Code.TIMEOUT, connection.host + " accepted the request and fell silent."),
        System.nanoTime());
  }

  /**
   * A response that no server sent is LittleProxy's own error page: the browser gets a broken
   * connection instead, as a visitor's would.
   */
  @Override
  public @Nullable HttpObject proxyToClientResponse(HttpObject object) {
    if (answered || !(object instanceof HttpResponse response)) return object;
    if (informational || response.status().code() < 400) return object;
    exchange.fail(
        ConnectCause.of(connection, log, resolutionFailed(), System.nanoTime()), System.nanoTime());
    log.touch();
    return null;
  }

  @Override
  public void webSocketFrameReceived(Supplier<byte[]> frame, boolean fromClient) {
    int bytes = frame.get().length;
    if (fromClient) exchange.requestBody(bytes);
    else exchange.responseBody(bytes);
  }

  static long headBytes(int firstLine, Iterable<Map.Entry<String, String>> headers) {
    long bytes = firstLine + 4;
    for (Map.Entry<String, String> header : headers)
      bytes += header.getKey().length() + header.getValue().length() + 4;
    return bytes;
  }
}
