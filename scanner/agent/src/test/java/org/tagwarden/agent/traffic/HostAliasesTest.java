package org.tagwarden.agent.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Aliases that lead nowhere are told of hosts that could not be resolved, and only these. */
class HostAliasesTest {
  private static final byte[] ALIAS_OF_GONE = {
    (byte) 0xC0, 12, 0, 5, 0, 1, 0, 0, 0, 9, 0, 6, 4, 'g', 'o', 'n', 'e', 0
  };

  @Test
  void anAliasOfALostHostIsToldWhenTheServerKnowsNoSuchName() throws Exception {
    try (Server server = new Server(true);
        HostAliases aliases = new HostAliases(server.address(), Clock.systemUTC())) {
      aliases.ask("promo.shop.example", false);
      aliases.lost("promo.shop.example");
      assertThat(aliases.of("promo.shop.example")).isEqualTo(List.of("gone"));
    }
  }

  @Test
  void aHostThatCouldNotBeResolvedForAMomentIsNotToldToLeadNowhere() throws Exception {
    try (Server server = new Server(false);
        HostAliases aliases = new HostAliases(server.address(), Clock.systemUTC())) {
      aliases.ask("promo.shop.example", false);
      assertThat(aliases.of("promo.shop.example")).isEqualTo(List.of("gone"));
      aliases.lost("promo.shop.example");
      assertThat(aliases.of("promo.shop.example")).isEmpty();
    }
  }

  /** Answers every question with one alias. */
  private static final class Server implements AutoCloseable {
    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());

    Server(boolean noSuchName) throws IOException {
      Thread thread = new Thread(() -> answer(noSuchName), "dns-server");
      thread.setDaemon(true);
      thread.start();
    }

    String address() {
      return "127.0.0.1:" + socket.getLocalPort();
    }

    private void answer(boolean noSuchName) {
      try {
        while (!socket.isClosed()) {
          DatagramPacket packet = new DatagramPacket(new byte[512], 512);
          socket.receive(packet);
          byte[] answer =
              Arrays.copyOf(packet.getData(), packet.getLength() + ALIAS_OF_GONE.length);
          System.arraycopy(ALIAS_OF_GONE, 0, answer, packet.getLength(), ALIAS_OF_GONE.length);
          answer[7] = 1;
          if (noSuchName) answer[3] = (byte) 0x83;
          socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        if (!socket.isClosed()) throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      socket.close();
    }
  }
}
