package org.tagwarden.agent.traffic;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.littleshoot.proxy.ActivityTrackerAdapter;
import org.littleshoot.proxy.FlowContext;
import org.littleshoot.proxy.FullFlowContext;
import org.littleshoot.proxy.HttpFilters;
import org.littleshoot.proxy.HttpFiltersSourceAdapter;
import org.littleshoot.proxy.HttpProxyServer;
import org.tagwarden.report.Failure;

/** The proxy port of one visit, on loopback, with a log of its own. */
public final class TrafficPort implements AutoCloseable {
  private final TrafficLog log;
  private final HttpProxyServer server;
  private final VisitMitm mitm;
  private final OwnPorts own;

  TrafficPort(TrafficLog log, HttpProxyServer server, VisitMitm mitm, OwnPorts own) {
    this.log = log;
    this.server = server;
    this.mitm = mitm;
    this.own = own;
    own.add(port());
  }

  public int port() {
    return server.getListenAddress().getPort();
  }

  public TrafficLog log() {
    return log;
  }

  /** Closes the port and every connection through it at once. */
  @Override
  public void close() {
    int port = port();
    log.closing();
    server.abort();
    mitm.close();
    own.remove(port);
  }

  /** Makes a filter for each request and tells the log when connections break. */
  static final class Wire extends HttpFiltersSourceAdapter {
    private final TrafficLog log;
    private final TrafficRules rules;
    private final Map<InetSocketAddress, ClientChannel> channels = new ConcurrentHashMap<>();
    private final Map<InetSocketAddress, ConnectFilter> connects = new ConcurrentHashMap<>();

    Wire(TrafficLog log, TrafficRules rules) {
      this.log = log;
      this.rules = rules;
    }

    @Override
    public HttpFilters filterRequest(HttpRequest request, ChannelHandlerContext context) {
      InetSocketAddress client = (InetSocketAddress) context.channel().remoteAddress();
      ClientChannel channel =
          channels.computeIfAbsent(client, c -> new ClientChannel(context.channel()));
      if (HttpMethod.CONNECT.equals(request.method())) {
        ConnectFilter connect = new ConnectFilter(request, context, channel, log);
        connects.put(client, connect);
        return connect;
      }
      return new ExchangeFilter(request, context, channel, log, rules);
    }

    ActivityTrackerAdapter tracker() {
      return new ActivityTrackerAdapter() {
        @Override
        public void serverDisconnected(FullFlowContext flow, InetSocketAddress address) {
          ClientChannel channel = channels.get(flow.getClientAddress());
          if (channel == null || log.isClosing() || !channel.open()) unanswered(flow);
          else
            broken(
                flow,
                Failure.Code.RESET,
                flow.getServerHostAndPort() + " closed the connection early.");
        }

        @Override
        public void clientDisconnected(FlowContext flow, @Nullable SSLSession session) {
          unanswered(flow);
          channels.remove(flow.getClientAddress());
          ConnectFilter connect = connects.remove(flow.getClientAddress());
          if (connect != null) connect.gone();
        }
      };
    }

    private void unanswered(FlowContext flow) {
      broken(flow, Failure.Code.CANCELLED, "The browser did not wait for the answer.");
    }

    private void broken(FlowContext flow, Failure.Code code, String message) {
      ClientChannel channel = channels.get(flow.getClientAddress());
      Exchange current = channel == null ? null : channel.current();
      if (current == null || current.ended()) return;
      if (current.open()) current.end(System.nanoTime());
      else current.fail(new Failure(code, message), System.nanoTime());
      log.touch();
    }
  }
}
