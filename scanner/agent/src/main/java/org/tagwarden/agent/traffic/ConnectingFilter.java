package org.tagwarden.agent.traffic;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.littleshoot.proxy.HttpFiltersAdapter;

/**
 * A filter that keeps the times and the address of the connection made for it, as LittleProxy tells
 * them from the event loop of the server's side.
 */
abstract class ConnectingFilter extends HttpFiltersAdapter {
  private volatile boolean resolutionFailed;

  ConnectingFilter(HttpRequest request, ChannelHandlerContext context) {
    super(request, context);
  }

  /** The connection that is being made, or was made last. */
  abstract UpstreamConnection connection();

  boolean resolutionFailed() {
    return resolutionFailed;
  }

  @Override
  public @Nullable InetSocketAddress proxyToServerResolutionStarted(String hostAndPort) {
    connection().resolveStart = System.nanoTime();
    return null;
  }

  @Override
  public void proxyToServerResolutionFailed(String hostAndPort) {
    resolutionFailed = true;
  }

  @Override
  public void proxyToServerResolutionSucceeded(String hostAndPort, InetSocketAddress address) {
    connection().resolveEnd = System.nanoTime();
    connection().address = address;
  }

  @Override
  public void proxyToServerConnectionStarted() {
    connection().connectStart = System.nanoTime();
  }

  @Override
  public void proxyToServerConnectionSucceeded(ChannelHandlerContext context) {
    connection().ready = System.nanoTime();
  }
}
