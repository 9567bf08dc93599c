package org.tagwarden.agent.traffic;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads along in a tunnel without TLS, which is how browsers send {@code ws://} through a proxy:
 * the handshake becomes an exchange of the log, the rest is counted. Stands first in the pipeline
 * of the browser's side and changes nothing.
 */
final class TunnelRecorder extends ChannelDuplexHandler {
  private static final int LONGEST_HEAD = 64 << 10;

  private final TrafficLog log;
  private final ClientChannel channel;
  private final UpstreamConnection connection;
  private final Runnable established;
  private final Head asked = new Head();
  private final Head answered = new Head();
  private boolean open;
  private @Nullable Exchange exchange;

  TunnelRecorder(
      TrafficLog log, ClientChannel channel, UpstreamConnection connection, Runnable established) {
    this.log = log;
    this.channel = channel;
    this.connection = connection;
    this.established = established;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (open && message instanceof ByteBuf bytes) fromBrowser(bytes);
    context.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof ByteBuf bytes) toBrowser(bytes);
    context.write(message, promise);
  }

  private void fromBrowser(ByteBuf bytes) {
    if (exchange != null) {
      exchange.requestBody(bytes.readableBytes());
      return;
    }
    if (!asked.take(bytes)) return;
    String[] line = asked.firstLine.split(" ", -1);
    if (line.length != 3) return;
    boolean socket = "websocket".equalsIgnoreCase(asked.headers.get("Upgrade"));
    String host = connection.host.indexOf(':') >= 0 ? "[" + connection.host + "]" : connection.host;
    String port = connection.port == 80 ? "" : ":" + connection.port;
    Exchange made =
        new Exchange(
            (socket ? "ws://" : "http://") + host + port + line[1],
            line[0],
            System.nanoTime(),
            Hygiene.clean(asked.headers),
            asked.length(),
            connection);
    made.sending(System.nanoTime());
    exchange = made;
    channel.current(made);
    log.add(made);
  }

  private void toBrowser(ByteBuf bytes) {
    if (!open) { // the proxy's own answer to CONNECT
      if (!answered.take(bytes)) return;
      open = answered.firstLine.contains(" 200");
      answered.clear();
      if (open) established.run();
      return;
    }
    Exchange current = exchange;
    if (current == null) return;
    if (answered.complete) {
      current.responseBody(bytes.readableBytes());
      return;
    }
    if (!answered.take(bytes)) return;
    String[] line = answered.firstLine.split(" ", -1);
    if (line.length < 2 || !line[1].matches("\\d{3}")) return;
    current.responseHead(
        Integer.parseInt(line[1]),
        Hygiene.clean(answered.headers),
        answered.headers.getAll("Set-Cookie"),
        answered.length(),
        System.nanoTime(),
        false);
    log.touch();
  }

  /** The first line and the headers of a message, gathered from however many pieces. */
  private static final class Head {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private String firstLine = "";
    private HttpHeaders headers = new DefaultHttpHeaders();
    private boolean complete;

    /** Returns true once, when the blank line has come. */
    boolean take(ByteBuf more) {
      if (complete || bytes.size() > LONGEST_HEAD) return false;
      byte[] piece = new byte[more.readableBytes()];
      more.getBytes(more.readerIndex(), piece);
      bytes.writeBytes(piece);
      String text = bytes.toString(StandardCharsets.ISO_8859_1);
      int end = text.indexOf("\r\n\r\n");
      if (end < 0) return false;
      String[] lines = text.substring(0, end).split("\r\n", -1);
      firstLine = lines[0];
      headers = new DefaultHttpHeaders();
      for (int i = 1; i < lines.length; i++) {
        int colon = lines[i].indexOf(':');
        if (colon > 0)
          headers.add(lines[i].substring(0, colon).strip(), lines[i].substring(colon + 1).strip());
      }
      complete = true;
      return true;
    }

    long length() {
      return ExchangeFilter.headBytes(firstLine.length(), headers);
    }

    void clear() {
      bytes.reset();
      complete = false;
    }
  }
}
