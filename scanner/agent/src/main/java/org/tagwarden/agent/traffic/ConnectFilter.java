package org.tagwarden.agent.traffic;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.littleshoot.proxy.HttpFiltersAdapter;

/** Follows a CONNECT: the making of the connection that later requests on this channel share. */
final class ConnectFilter extends HttpFiltersAdapter {
  private final TrafficLog log;
  private final UpstreamConnection connection;
  private final AtomicBoolean pending = new AtomicBoolean(true);
  private volatile boolean resolutionFailed;

  ConnectFilter(
      HttpRequest request, ChannelHandlerContext context, ClientChannel channel, TrafficLog log) {
    super(request, context);
    this.log = log;
    RequestTarget target = RequestTarget.authority(request.uri(), 443);
    boolean tls = !log.speaksPlain(target.host(), target.port());
    this.connection = new UpstreamConnection(target.host(), target.port(), tls);
    channel.tunnel(connection);
    log.connecting(1);
  }

  @Override
  public boolean proxyToServerAllowMitm() {
    return connection.tls;
  }

  @Override
  public @Nullable InetSocketAddress proxyToServerResolutionStarted(String hostAndPort) {
    connection.resolveStart = System.nanoTime();
    return null;
  }

  @Override
  public void proxyToServerResolutionFailed(String hostAndPort) {
    resolutionFailed = true;
  }

  @Override
  public void proxyToServerResolutionSucceeded(String hostAndPort, InetSocketAddress address) {
    connection.resolveEnd = System.nanoTime();
    connection.address = address;
  }

  @Override
  public void proxyToServerConnectionStarted() {
    connection.connectStart = System.nanoTime();
  }

  @Override
  public void proxyToServerConnectionSSLHandshakeStarted() {
    if (connection.handshakeStart == 0) connection.handshakeStart = System.nanoTime();
  }

  @Override
  public void proxyToServerConnectionSucceeded(ChannelHandlerContext context) {
    connection.ready = System.nanoTime();
    if (!connection.tls) log.tunnel(connection.host, connection.port);
    done();
  }

  /** Only failures come through here: the success of a CONNECT is written past the filters. */
  @Override
  public HttpObject proxyToClientResponse(HttpObject object) {
    if (object instanceof HttpResponse response && response.status().code() >= 400) {
      log.connectFailed(
          connection.host,
          connection.port,
          ConnectCause.of(connection, log, resolutionFailed, System.nanoTime()));
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
