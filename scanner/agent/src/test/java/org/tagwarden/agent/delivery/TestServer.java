package org.tagwarden.agent.delivery;

import com.github.luben.zstd.ZstdInputStream;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.tagwarden.report.ReportCodec;

/** A real HTTP server that takes scan reports, can go down, and can come up again on its port. */
final class TestServer implements AutoCloseable {
  static final String TOKEN = "test-token";

  final BlockingQueue<UUID> received = new LinkedBlockingQueue<>();
  volatile int answer = 200;
  private final HttpServer http;

  TestServer(int port) throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    http.createContext("/api/v1/scan-reports", this::take);
    http.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + port());
  }

  int port() {
    return http.getAddress().getPort();
  }

  ServerConnection connection() {
    return new ServerConnection(address(), TOKEN);
  }

  private void take(HttpExchange call) throws IOException {
    byte[] json = new ZstdInputStream(call.getRequestBody()).readAllBytes();
    boolean known = ("Bearer " + TOKEN).equals(call.getRequestHeaders().getFirst("Authorization"));
    int status = known ? answer : 401;
    if (status == 200) received.add(ReportCodec.readReport(json).visits().get(0).visitId());
    byte[] body =
        (status == 200 ? "{}" : "{\"detail\":\"The site is unknown.\"}")
            .getBytes(StandardCharsets.UTF_8);
    call.sendResponseHeaders(status, body.length);
    call.getResponseBody().write(body);
    call.close();
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
