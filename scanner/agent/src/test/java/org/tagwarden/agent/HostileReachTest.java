package org.tagwarden.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tagwarden.playground.ServedRequest;

/** A page that tries to get around the proxy. */
@Tag("browser")
class HostileReachTest {
  @RegisterExtension static final SharedScan there = new SharedScan();

  @Test
  void nothingGetsAroundTheProxy() throws Exception {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (DatagramSocket udp = new DatagramSocket(0, here);
        ServerSocket tcp = new ServerSocket()) {
      tcp.bind(new InetSocketAddress(here, udp.getLocalPort()));
      there.visit(
          "https://hostile.example/around-the-proxy?at=127.0.0.1:" + udp.getLocalPort(),
          Scans.options(5_000, 1));
      assertThat(there.playground().log())
          .extracting(ServedRequest::url)
          .as("the page has tried, and has learnt no address of this machine")
          .contains("https://hostile.example/found?who=around&candidates=");
      udp.setSoTimeout(1);
      tcp.setSoTimeout(1);
      assertThatThrownBy(() -> udp.receive(new DatagramPacket(new byte[2_000], 2_000)))
          .isInstanceOf(SocketTimeoutException.class);
      assertThatThrownBy(tcp::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }
}
