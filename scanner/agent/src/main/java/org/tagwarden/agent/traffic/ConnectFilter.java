package org.tagwarden.agent.traffic;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import java.util.concurrent.atomic.AtomicBoolean;

/** Follows a CONNECT: the making of the connection that later requests on this channel share. */
final class ConnectFilter extends ConnectingFilter {
  private final TrafficLog log;
  private final UpstreamConnection connection;
  private final AtomicBoolean pending = new AtomicBoolean(true);

  ConnectFilter(
      HttpRequest request, ChannelHandlerContext context, ClientChannel channel, TrafficLog log) {
    super(request, context);
    this.log = log;
    RequestTarget target = RequestTarget.authority(request.uri(), 443);
    boolean tls = !log.speaksPlain(target.host(), target.port());
    this.connection = new UpstreamConnection(target.host(), target.port(), tls);
    channel.tunnel(connection);
    log.connecting(1);
    if (!tls)
      context
          .pipeline()
          .addFirst(new TunnelRecorder(log, channel, connection, this::establishedInPlain));
  }

  @Override
  public boolean proxyToServerAllowMitm() {
    return connection.tls;
  }

  @Override
  UpstreamConnection connection() {
    return connection;
  }

  @Override
  public void proxyToServerConnectionSSLHandshakeStarted() {
    if (connection.handshakeStart == 0) connection.handshakeStart = System.nanoTime();
  }

  @Override
  public void proxyToServerConnectionSucceeded(ChannelHandlerContext context) {
    super.proxyToServerConnectionSucceeded(context);
    done();
  }

  /** Tunnels without TLS are not told to filters when they are made. */
  private void establishedInPlain() {
    if (connection.ready == 0) connection.ready = System.nanoTime();
    log.tunnel(connection.host, connection.port);
    done();
  }

  /** Only failures come through here: the success of a CONNECT is written past the filters. */
  @Override
  public HttpObject proxyToClientResponse(HttpObject object) {
    if (object instanceof HttpResponse response && response.status().code() >= 400) {
      log.connectFailed(
          connection.host,
          connection.port,
          ConnectCause.of(connection, log, resolutionFailed(), System.nanoTime()));
      done();
    }
    return object;
  }

  /** The browser gave up, or the connection broke, before it was made. */
  void gone() {
    done();
  }

  private void done() {
    if (pending.compareAndSet(true, false)) log.connecting(-1);
  }
}
