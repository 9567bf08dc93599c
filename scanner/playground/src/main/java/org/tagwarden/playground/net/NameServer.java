package org.tagwarden.playground.net;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramPacket;
import io.vertx.core.datagram.DatagramSocket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * A tiny DNS server (RFC 1035, UDP): it knows which of the playground's hosts are aliases, and
 * nothing else. Addresses are not its business: scanners are told where to connect.
 */
public final class NameServer {
  private static final int CNAME = 5;
  private static final int INTERNET = 1;
  private static final int HEAD = 12;
  private static final int TTL_SECONDS = 60;

  private final Map<String, String> aliases;
  private final DatagramSocket socket;

  private NameServer(DatagramSocket socket, Map<String, String> aliases) {
    this.socket = socket;
    this.aliases = Map.copyOf(aliases);
  }

  /** Listens on any free port of that address. */
  public static Future<NameServer> start(Vertx vertx, String address, Map<String, String> aliases) {
    DatagramSocket socket = vertx.createDatagramSocket();
    NameServer server = new NameServer(socket, aliases);
    socket.handler(server::answer);
    return socket.listen(0, address).map(listening -> server);
  }

  /** Where it listens. */
  public int port() {
    return socket.localAddress().port();
  }

  private void answer(DatagramPacket packet) {
    Buffer question = packet.data();
    if (question.length() < HEAD + 5) return;
    int end = endOfName(question);
    if (end < 0 || question.length() < end + 4) return;
    Buffer records = Buffer.buffer();
    int count = 0;
    String owner = name(question);
    for (String alias = aliases.get(owner); alias != null; alias = aliases.get(owner)) {
      Buffer target = encoded(alias);
      records
          .appendBuffer(encoded(owner))
          .appendUnsignedShort(CNAME)
          .appendUnsignedShort(INTERNET)
          .appendInt(TTL_SECONDS)
          .appendUnsignedShort(target.length())
          .appendBuffer(target);
      owner = alias;
      count++;
    }
    Buffer answer =
        Buffer.buffer()
            .appendUnsignedShort(question.getUnsignedShort(0))
            .appendUnsignedShort(0x8580) // an answer, from who knows it, without an error
            .appendUnsignedShort(1)
            .appendUnsignedShort(count)
            .appendInt(0) // no authority and no additional records
            .appendBuffer(question.getBuffer(HEAD, end + 4))
            .appendBuffer(records);
    socket.send(answer, packet.sender().port(), packet.sender().host());
  }

  private static int endOfName(Buffer message) {
    int at = HEAD;
    while (at < message.length() && message.getByte(at) > 0) at += message.getByte(at) + 1;
    return at < message.length() && message.getByte(at) == 0 ? at + 1 : -1;
  }

  private static String name(Buffer message) {
    StringBuilder name = new StringBuilder();
    for (int at = HEAD; message.getByte(at) > 0; at += message.getByte(at) + 1) {
      if (name.length() > 0) name.append('.');
      name.append(message.getString(at + 1, at + 1 + message.getByte(at), "US-ASCII"));
    }
    return name.toString().toLowerCase(Locale.ROOT);
  }

  private static Buffer encoded(String name) {
    Buffer bytes = Buffer.buffer();
    for (String label : name.split("\\.", -1))
      bytes
          .appendByte((byte) label.length())
          .appendBytes(label.getBytes(StandardCharsets.US_ASCII));
    return bytes.appendByte((byte) 0);
  }
}
