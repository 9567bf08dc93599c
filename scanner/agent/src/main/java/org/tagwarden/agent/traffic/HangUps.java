package org.tagwarden.agent.traffic;

import com.google.common.base.CharMatcher;
import com.google.common.net.HostAndPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.report.Failure;

/**
 * Servers that took a connection and hung up on every request in HTTP/1.1, with what they say when
 * they are asked by a TLS handshake (ALPN) whether they speak HTTP/2. Nothing is sent in it.
 */
public final class HangUps {
  private static final Logger LOG = LoggerFactory.getLogger(HangUps.class);
  private static final int MOST_ASKED = 3;
  private static final int PATIENCE_MS = 1_500;
  private static final String HTTPS = "https://";
  private static final String HTTP_2 = "h2";

  /** What a server says that it speaks. */
  public enum Offer {
    HTTP_2,
    NO_HTTP_2,
    /** It could not be asked. */
    UNKNOWN
  }

  /** A server that answered none of a visit's requests. */
  public record HangUp(String host, Offer offer) {}

  private HangUps() {}

  /** Asks the first few; may wait for each as long as a slow handshake takes, but not longer. */
  public static List<HangUp> of(TrafficLog log) {
    Map<String, Exchange> cutOff = new LinkedHashMap<>();
    Set<String> answered = new HashSet<>();
    for (Exchange exchange : log.exchanges()) {
      if (!exchange.url().startsWith(HTTPS)) continue;
      String authority = authority(exchange);
      Failure failure = exchange.failure();
      if (exchange.status() != null) answered.add(authority);
      else if (failure != null && failure.code() == Failure.Code.RESET)
        cutOff.putIfAbsent(authority, exchange);
    }
    cutOff.keySet().removeAll(answered);
    List<HangUp> hangUps = new ArrayList<>();
    cutOff.forEach(
        (authority, exchange) -> {
          if (hangUps.size() >= MOST_ASKED) return;
          String host = HostAndPort.fromString(authority).getHost();
          hangUps.add(new HangUp(host, ask(host, exchange.server())));
        });
    return hangUps;
  }

  /** Not by {@link java.net.URI}, which refuses much that browsers send. */
  private static String authority(Exchange exchange) {
    String rest = exchange.url().substring(HTTPS.length());
    return rest.substring(0, CharMatcher.anyOf("/?#").indexIn(rest + '/'));
  }

  private static Offer ask(String host, @Nullable InetSocketAddress server) {
    if (server == null) return Offer.UNKNOWN; // behind another proxy
    try (Socket plain = new Socket()) {
      plain.connect(server, PATIENCE_MS);
      // Bounds the whole handshake, not each of its bytes.
      CompletableFuture.delayedExecutor(PATIENCE_MS, TimeUnit.MILLISECONDS)
          .execute(() -> close(plain));
      try (SSLSocket socket =
          (SSLSocket)
              anybody().getSocketFactory().createSocket(plain, host, server.getPort(), true)) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {HTTP_2, "http/1.1"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return HTTP_2.equals(socket.getApplicationProtocol()) ? Offer.HTTP_2 : Offer.NO_HTTP_2;
      }
    } catch (IOException | GeneralSecurityException e) {
      LOG.debug("{} could not be asked whether it speaks HTTP/2", host, e);
      return Offer.UNKNOWN;
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("A question about HTTP/2 could not be ended", e);
    }
  }

  /** Whom the certificate is for does not matter here: the proxy has judged it before. */
  private static SSLContext anybody() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Anybody()}, null);
    return context;
  }

  private static final class Anybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
