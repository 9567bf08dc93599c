package org.tagwarden.agent.traffic;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Asks a DNS server for a host's address, and reads out of the answer by which aliases it leads
 * there (RFC 1035 over UDP). The JDK's resolver does not tell them. What the answer says is
 * evidence, never an address to connect to.
 */
final class DnsQuestion {
  private static final int TIMEOUT_MS = 2_000;
  private static final int TRIES = 3;
  private static final int LONGEST_ANSWER = 4_096;
  private static final int LONGEST_CHAIN = 16;
  private static final int MOST_POINTERS = 32;
  private static final int HEAD = 12;
  private static final int ADDRESS = 1;
  private static final int CNAME = 5;
  private static final int RESULT = 0xF;
  private static final int NO_SUCH_NAME = 3;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String host;
  private final byte[] bytes;

  /** Names that DNS cannot hold are refused by {@link IllegalArgumentException}. */
  DnsQuestion(String host) {
    this.host = host;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] id = new byte[2];
    RANDOM.nextBytes(id);
    out.writeBytes(id);
    out.writeBytes(new byte[] {1, 0, 0, 1, 0, 0, 0, 0, 0, 0}); // recursion wanted, one question
    for (String label : host.split("\\.", -1)) {
      byte[] text = label.getBytes(StandardCharsets.US_ASCII);
      if (text.length == 0 || text.length > 63)
        throw new IllegalArgumentException(host + " is no name that DNS could hold");
      out.write(text.length);
      out.writeBytes(text);
    }
    out.writeBytes(new byte[] {0, 0, ADDRESS, 0, 1});
    this.bytes = out.toByteArray();
  }

  /**
   * What a server said.
   *
   * @param aliases the names behind the host, in order
   * @param exists false when the last of these names, or the host itself, is none
   */
  record Answer(List<String> aliases, boolean exists) {}

  /** The names behind the host, in order; throws when the server does not answer in time. */
  List<String> aliasesBy(InetSocketAddress server) throws IOException {
    return answerBy(server).aliases();
  }

  /** Likewise, with whether they lead anywhere. */
  Answer answerBy(InetSocketAddress server) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(server); // nobody else's answer counts
      socket.setSoTimeout(TIMEOUT_MS);
      for (int i = 1; ; i++) {
        try {
          socket.send(new DatagramPacket(bytes, bytes.length));
          DatagramPacket packet = new DatagramPacket(new byte[LONGEST_ANSWER], LONGEST_ANSWER);
          socket.receive(packet);
          return read(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
        } catch (SocketTimeoutException e) {
          if (i == TRIES) throw e;
        }
      }
    }
  }

  private Answer read(ByteBuffer answer) throws IOException {
    try {
      boolean same = Arrays.equals(bytes, 0, 2, answer.array(), 0, 2);
      if (!same || answer.getShort(4) != 1) throw new IOException("Not an answer to the question");
      int records = answer.getShort(6);
      answer.position(HEAD);
      name(answer);
      answer.position(answer.position() + 4);
      Map<String, String> aliases = new HashMap<>();
      for (int i = 0; i < records; i++) alias(answer, aliases);
      boolean exists = (answer.getShort(2) & RESULT) != NO_SUCH_NAME;
      return new Answer(chain(aliases), exists);
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new IOException("The DNS server's answer about " + host + " is malformed", e);
    } catch (BufferUnderflowException e) {
      throw new IOException("The DNS server's answer about " + host + " is cut off", e);
    }
  }

  private static void alias(ByteBuffer answer, Map<String, String> aliases) {
    String owner = name(answer);
    int type = answer.getShort();
    answer.position(answer.position() + 6); // class and time to live
    int length = answer.getShort() & 0xFFFF;
    int end = answer.position() + length;
    if (type == CNAME) aliases.put(owner, name(answer));
    answer.position(end);
  }

  private List<String> chain(Map<String, String> aliases) {
    List<String> chain = new ArrayList<>();
    String next = aliases.get(host.toLowerCase(Locale.ROOT));
    while (next != null && chain.size() < LONGEST_CHAIN && !chain.contains(next)) {
      chain.add(next);
      next = aliases.get(next);
    }
    return List.copyOf(chain);
  }

  /** A name at the buffer's position, which moves behind it; pointers lead to earlier ones. */
  private static String name(ByteBuffer message) {
    StringBuilder name = new StringBuilder();
    int behind = -1;
    int jumps = 0;
    while (true) {
      int length = message.get() & 0xFF;
      if (length == 0) break;
      if (length >= 0xC0) {
        int target = (length & 0x3F) << 8 | message.get() & 0xFF;
        if (behind < 0) behind = message.position();
        if (++jumps > MOST_POINTERS) throw new IllegalArgumentException("pointers in circles");
        message.position(target);
        continue;
      }
      byte[] label = new byte[length];
      message.get(label);
      if (name.length() > 0) name.append('.');
      name.append(new String(label, StandardCharsets.US_ASCII));
    }
    if (behind >= 0) message.position(behind);
    return name.toString().toLowerCase(Locale.ROOT);
  }
}
