package org.tagwarden.agent.crawl;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.tagwarden.agent.traffic.Exchange;
import org.tagwarden.agent.traffic.TrafficLog;
import org.tagwarden.agent.traffic.TrafficPort;

/** Fetches files through a port of the proxy, whose rules so hold for them. */
public final class ProxiedFetcher implements SitemapReader.Fetcher {
  private static final int MOST_BYTES = 64 << 20;

  private final HttpClient http;
  private final TrafficPort port;
  private final String userAgent;

  public ProxiedFetcher(TrafficPort port, X509Certificate authority, String userAgent) {
    this.port = port;
    this.userAgent = userAgent;
    this.http =
        HttpClient.newBuilder()
            .proxy(ProxySelector.of(new InetSocketAddress("127.0.0.1", port.port())))
            .sslContext(trusting(authority))
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(30))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
  }

  @Override
  public byte[] fetch(String url) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(60))
            .header("User-Agent", userAgent)
            .build();
    try {
      HttpResponse<InputStream> response =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() == 404 || response.statusCode() == 410)
          throw new SitemapReader.MissingFileException("there is no such file");
        if (response.statusCode() != 200)
          throw new IOException("the server answered with status " + response.statusCode());
        byte[] file = body.readNBytes(MOST_BYTES + 1);
        if (file.length > MOST_BYTES)
          throw new IOException("it is larger than " + (MOST_BYTES >> 20) + " MB");
        return file;
      }
    } catch (SitemapReader.MissingFileException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(why(e), e);
    }
  }

  /** The proxy knows better than the client behind it. */
  private String why(IOException e) {
    TrafficLog log = port.log();
    List<TrafficLog.ConnectFailure> failures = log.connectFailures();
    if (!failures.isEmpty()) return sentence(failures.get(failures.size() - 1).failure().message());
    List<Exchange> exchanges = log.exchanges();
    if (!exchanges.isEmpty()) {
      var failure = exchanges.get(exchanges.size() - 1).failure();
      if (failure != null) return sentence(failure.message());
    }
    return String.valueOf(e.getMessage());
  }

  private static String sentence(String message) {
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }

  private static SSLContext trusting(X509Certificate authority) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry("proxy", authority);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("This JDK cannot trust one certificate", e);
    }
  }
}
