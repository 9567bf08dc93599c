package org.tagwarden.agent.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tagwarden.agent.ConnectTo;

/**
 * A client of the proxy that asks for what lives on this machine, in every spelling and by every
 * kind of request. Whatever the browser could be brought to do, it has to come by here.
 */
class PrivateTargetTest {
  private static final String CLOSE = "\r\nConnection: close\r\n\r\n";

  private static @TempDir Path folder;
  private static TrafficProxy proxy;
  private static ServerSocket secret;
  private TrafficPort strict;

  @BeforeAll
  static void start() throws Exception {
    proxy = new TrafficProxy(CertificateAuthority.in(folder), null, OwnPorts.withoutServer(), null);
    secret = new ServerSocket();
    secret.bind(new InetSocketAddress("0.0.0.0", 0));
    Thread greeter = new Thread(PrivateTargetTest::greet, "secret");
    greeter.setDaemon(true);
    greeter.start();
  }

  @AfterAll
  static void stop() throws IOException {
    proxy.close();
    secret.close();
  }

  @BeforeEach
  void open() {
    strict = proxy.open(new TrafficRules(List.of(), false, false, false), null);
  }

  @AfterEach
  void close() {
    strict.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "localhost",
        "LOCALHOST.",
        "127.1",
        "2130706433",
        "0",
        "0.0.0.0",
        "127.77.0.1",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[fe80::1]",
        "169.254.169.254",
        "100.64.0.1",
        "10.0.0.1"
      })
  void noSpellingOfAPrivateAddressIsConnectedTo(String host) throws Exception {
    String at = host + ":" + secret.getLocalPort();
    for (String request :
        List.of(
            "GET http://" + at + "/ HTTP/1.1\r\nHost: " + at + CLOSE,
            "GET http://" + at + "/ HTTP/1.1\r\nHost: www.example.com" + CLOSE,
            "GET http://"
                + at
                + "/ HTTP/1.1\r\nHost: "
                + at
                + "\r\nConnection: Upgrade\r\n"
                + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
            "CONNECT " + at + " HTTP/1.1\r\nHost: " + at + "\r\n\r\n"))
      assertThat(ask(strict, request)).as(request).doesNotContain("secret", " 200 ");
  }

  @Test
  void anInternalSiteMayConnectThereAndThenTheProxyReachesIt() throws Exception {
    try (TrafficPort open = proxy.open(new TrafficRules(List.of(), true, false, false), null)) {
      String at = "127.0.0.1:" + secret.getLocalPort();
      assertThat(ask(open, "GET http://" + at + "/ HTTP/1.1\r\nHost: " + at + CLOSE))
          .contains("secret");
    }
  }

  @Test
  void theAddressThatWasLookedAtIsTheOneThatIsConnectedTo() throws Exception {
    TrafficRules rules =
        new TrafficRules(
            List.of(new ConnectTo("rebound.example", 80, "192.0.2.7", 0)), false, false, false);
    try (HostAliases aliases = new HostAliases(null, Clock.systemUTC())) {
      TargetResolver resolver =
          new TargetResolver(rules, strict.log(), OwnPorts.withoutServer(), aliases, null);
      InetSocketAddress address = resolver.resolve("rebound.example", 80);
      assertThat(address.isUnresolved()).isFalse();
      assertThat(address.getAddress())
          .isEqualTo(InetAddress.getByAddress("rebound.example", new byte[] {(byte) 192, 0, 2, 7}));
    }
  }

  /** Everything that comes back before the proxy hangs up, or falls silent. */
  private static String ask(TrafficPort port, String request) throws IOException {
    StringBuilder answer = new StringBuilder();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      byte[] buffer = new byte[4_096];
      for (int n = socket.getInputStream().read(buffer);
          n >= 0;
          n = socket.getInputStream().read(buffer)) {
        answer.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
        socket.setSoTimeout(300); // it has begun to answer: what is left comes at once
      }
    } catch (java.net.SocketException | java.net.SocketTimeoutException end) {
      return answer.toString();
    }
    return answer.toString();
  }

  /** Tells its secret to whoever connects. */
  private static void greet() {
    while (!secret.isClosed()) {
      try (Socket guest = secret.accept()) {
        guest.setSoTimeout(2_000);
        guest.getInputStream().read(new byte[2_048]);
        String answer = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nsecret";
        guest.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
      } catch (IOException e) {
        continue; // the next guest, or the end
      }
    }
  }
}
