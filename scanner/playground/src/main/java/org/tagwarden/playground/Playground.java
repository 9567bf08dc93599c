package org.tagwarden.playground;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.tagwarden.playground.content.Content;
import org.tagwarden.playground.net.CertificateAuthority;
import org.tagwarden.playground.net.Internet;
import org.tagwarden.playground.net.NameServer;
import org.tagwarden.playground.net.RequestLog;
import org.tagwarden.playground.net.Switchboard;

/** The running playground: two servers on loopback that answer for all its host names. */
public final class Playground implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  private final Vertx vertx;
  private final Internet internet;
  private final RequestLog log;
  private final Path caCertificate;
  private final HttpServer http;
  private final HttpServer https;
  private final HttpServer https6;
  private final NameServer names;
  private final Socket closedPort = new Socket();

  private Playground(PlaygroundSettings settings, Clock clock, Consumer<Internet> further)
      throws IOException {
    log = new RequestLog(clock);
    internet = Content.whole();
    further.accept(internet);
    caCertificate = settings.folder().resolve("playground-ca.pem").toAbsolutePath();
    CertificateAuthority authority = new CertificateAuthority(clock.instant());
    authority.certify(
        internet.names().stream().filter(name -> !Content.uncertified().contains(name)).toList());
    Content.oddCertificates(authority, clock.instant());
    authority.writeCertificate(caCertificate);
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    Switchboard switchboard = new Switchboard(vertx, internet, log);
    try {
      http = await(listen(new HttpServerOptions(), switchboard, settings.httpPort(), LOOPBACK));
      https = await(listen(secure(authority), switchboard, settings.httpsPort(), LOOPBACK));
      https6 = await(listen(secure(authority), switchboard, 0, ipv6Loopback()));
      names = await(NameServer.start(vertx, LOOPBACK, Content.aliases()));
      // Bound and not listening: nobody else gets the port, and connections to it are refused.
      closedPort.bind(new InetSocketAddress(LOOPBACK, 0));
    } catch (IOException e) {
      vertx.close();
      throw e;
    }
  }

  /** Starts it; returns when it answers. */
  public static Playground start(PlaygroundSettings settings) throws IOException {
    return start(settings, internet -> {});
  }

  /** Starts it with further hosts; returns when it answers. */
  public static Playground start(PlaygroundSettings settings, Consumer<Internet> further)
      throws IOException {
    return new Playground(settings, Clock.systemUTC(), further);
  }

  /** The port of plain http. */
  public int httpPort() {
    return http.actualPort();
  }

  /** The port of https. */
  public int httpsPort() {
    return https.actualPort();
  }

  /** PEM of the authority that signed every host's certificate: trust it to visit. */
  public Path caCertificate() {
    return caCertificate;
  }

  /** What was asked for so far, oldest first. */
  public List<ServedRequest> log() {
    return log.entries();
  }

  /** Forgets what was asked for. */
  public void clearLog() {
    log.clear();
  }

  /**
   * Every page worth a visit, as browsers name it (ports 80 and 443): connect them to the two ports
   * of the playground, as {@link #connectTo()} says.
   */
  public List<String> urls() {
    return Content.urls();
  }

  /** Pages whose visit is expensive, or that fight their visitor: one at a time, with a cap. */
  public List<String> hostileUrls() {
    return Content.hostileUrls();
  }

  /** Pages that would hang, starve, flood or rob a careless scanner. */
  public List<String> attackUrls() {
    return Content.attackUrls();
  }

  /** The front pages of the demo's client sites. */
  public List<String> siteUrls() {
    return Content.siteUrls();
  }

  /** Every host name it answers for. */
  public List<String> hosts() {
    return internet.names();
  }

  /** Host and port of a DNS server that knows which hosts here are aliases (CNAME). */
  public String dnsServer() {
    return LOOPBACK + ":" + names.port();
  }

  /**
   * How to reach all hosts here, in the form of curl's {@code --connect-to}: the first that fits
   * counts.
   */
  public List<String> connectTo() {
    List<String> mappings = new ArrayList<>();
    mappings.add(":80:" + LOOPBACK + ":" + httpPort());
    for (String host : Content.refused())
      mappings.add(host + ":443:" + LOOPBACK + ":" + closedPort.getLocalPort());
    for (String host : Content.ipv6())
      mappings.add(host + ":443:[" + ipv6Loopback() + "]:" + https6.actualPort());
    mappings.add(":443:" + LOOPBACK + ":" + httpsPort());
    return List.copyOf(mappings);
  }

  @Override
  public void close() {
    try {
      closedPort.close();
      await(vertx.close());
    } catch (IOException e) {
      throw new IllegalStateException("the playground did not stop", e);
    }
  }

  private Future<HttpServer> listen(
      HttpServerOptions options, Switchboard switchboard, int port, String address) {
    return vertx
        .createHttpServer(options.setMaxHeaderSize(64 * 1024).setMaxInitialLineLength(32 * 1024))
        .requestHandler(switchboard::answer)
        .listen(port, address)
        .recover(
            e ->
                Future.failedFuture(
                    new IOException(
                        "The playground cannot listen on port "
                            + port
                            + " ("
                            + e.getMessage()
                            + "): choose another one, or 0 for any free port.",
                        e)));
  }

  /** {@code ::1}, unless this machine has no IPv6 at all: then the other loopback address. */
  private static String ipv6Loopback() {
    try (Socket probe = new Socket()) {
      probe.bind(new InetSocketAddress("::1", 0));
      return "::1";
    } catch (IOException e) {
      return LOOPBACK;
    }
  }

  private static HttpServerOptions secure(CertificateAuthority authority) {
    return new HttpServerOptions()
        .setSsl(true)
        .setSni(true)
        .setUseAlpn(true)
        .setKeyCertOptions(
            new PfxOptions()
                .setValue(Buffer.buffer(authority.keyStore()))
                .setPassword(authority.password()));
  }

  private static <T> T await(Future<T> future) throws IOException {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) throw io;
      throw new IOException(e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("the playground took longer than 30 s to start or stop", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the playground started or stopped", e);
    }
  }
}
