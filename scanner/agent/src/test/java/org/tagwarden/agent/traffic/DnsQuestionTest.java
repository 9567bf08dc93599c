package org.tagwarden.agent.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.net.HostAndPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tagwarden.playground.Playground;
import org.tagwarden.playground.PlaygroundSettings;

/** What a DNS server's answer tells of a host's aliases, whoever wrote the answer. */
class DnsQuestionTest {
  @Test
  void theAliasesAreReadInOrder(@TempDir Path folder) throws Exception {
    try (Playground playground = Playground.start(PlaygroundSettings.anyPorts(folder))) {
      HostAndPort dns = HostAndPort.fromString(playground.dnsServer());
      InetSocketAddress server = new InetSocketAddress(dns.getHost(), dns.getPort());
      assertThat(new DnsQuestion("metrics.torture.example").aliasesBy(server))
          .containsExactly("torture-example.edge-network.example", "torture.sc.omtrdc.net");
      assertThat(new DnsQuestion("metrics.nordlys-shoes.example").aliasesBy(server))
          .containsExactly("nordlys.sc.omtrdc.net");
      assertThat(new DnsQuestion("torture.example").aliasesBy(server)).isEmpty();
    }
  }

  @Test
  void anAnswerThatPointsInCirclesOrEndsEarlyIsRefused() throws Exception {
    byte[] circle = {(byte) 0xC0, 12, 0, 5, 0, 1, 0, 0, 0, 9, 0, 2, (byte) 0xC0, 42};
    assertThatThrownBy(() -> askOneThatAppends(circle)).isInstanceOf(IOException.class);
    byte[] cutOff = {(byte) 0xC0, 12, 0, 5, 0, 1, 0};
    assertThatThrownBy(() -> askOneThatAppends(cutOff)).isInstanceOf(IOException.class);
  }

  @Test
  void anAliasOfANameThatDoesNotExistIsToldAsOne() throws Exception {
    byte[] gone = {(byte) 0xC0, 12, 0, 5, 0, 1, 0, 0, 0, 9, 0, 6, 4, 'g', 'o', 'n', 'e', 0};
    DnsQuestion.Answer missing =
        askOneThat(
            question -> {
              byte[] answer = appended(question, gone);
              answer[3] = (byte) 0x83; // no such name
              return answer;
            });
    assertThat(missing).isEqualTo(new DnsQuestion.Answer(List.of("gone"), false));
    assertThat(askOneThat(question -> appended(question, gone)).exists()).isTrue();
  }

  @Test
  void aNameThatDnsCannotHoldIsRefused() {
    assertThatThrownBy(() -> new DnsQuestion("a..b")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DnsQuestion("x".repeat(64) + ".example"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Echoes the question as an answer with one record, which is these bytes. */
  private static void askOneThatAppends(byte[] record) throws Exception {
    askOneThat(question -> appended(question, record));
  }

  private static byte[] appended(byte[] question, byte[] record) {
    byte[] answer = Arrays.copyOf(question, question.length + record.length);
    answer[7] = 1;
    System.arraycopy(record, 0, answer, question.length, record.length);
    return answer;
  }

  private static DnsQuestion.Answer askOneThat(UnaryOperator<byte[]> answers) throws Exception {
    try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> answered =
          CompletableFuture.runAsync(
              () -> {
                try {
                  DatagramPacket packet = new DatagramPacket(new byte[512], 512);
                  server.receive(packet);
                  byte[] question = Arrays.copyOf(packet.getData(), packet.getLength());
                  byte[] answer = answers.apply(question);
                  server.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      DnsQuestion.Answer answer =
          new DnsQuestion("host.example")
              .answerBy(
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()));
      answered.join();
      return answer;
    }
  }
}
