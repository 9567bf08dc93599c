package org.tagwarden.playground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaygroundTest {
  /** Hosts that are down or odd on purpose. */
  private static final String NOT_FOR_EVERYBODY =
      "widget.ratingwheel.example|(busy|down|refused|wrong-name|http2-only|ipv6|expired)\\..*|.*\\.invalid";

  @TempDir static Path folder;
  private static Playground playground;
  private static SSLContext trusting;

  @BeforeAll
  static void start() throws IOException, GeneralSecurityException {
    playground = Playground.start(PlaygroundSettings.anyPorts(folder));
    trusting = trusting();
  }

  @AfterAll
  static void stop() {
    playground.close();
  }

  @BeforeEach
  void forget() {
    playground.clearLog();
  }

  @Test
  void everyPageOfTheClientSitesAnswersUnderItsOwnNameWithATrustedCertificate() throws Exception {
    List<String> pages =
        playground.urls().stream().filter(url -> !url.contains("torture")).toList();
    assertThat(pages).hasSizeGreaterThan(18);
    for (String url : pages) {
      Answer answer = get(url);
      assertThat(answer.status()).as(url).isEqualTo(200);
      assertThat(answer.text()).as(url).contains("<title>", "</html>").doesNotContain("{{");
    }
  }

  @Test
  void everyScriptAndStyleThatThePagesNameExistsUnlessItsHostIsDownOnPurpose() throws Exception {
    List<String> pages = playground.urls().stream().filter(p -> !p.endsWith("/slow")).toList();
    Map<String, String> namedBy = new ConcurrentHashMap<>();
    forEach(pages, page -> named(page, get(page).text()).forEach(u -> namedBy.put(u, page)));
    assertThat(namedBy).hasSizeGreaterThan(100);
    forEach(
        namedBy.keySet(),
        url ->
            assertThat(get(url).status())
                .as("%s, named by %s", url, namedBy.get(url))
                .isLessThan(400));
  }

  private static Set<String> named(String page, String html) {
    Set<String> urls = new HashSet<>();
    var matcher = Pattern.compile("(?:src|href)=\"(https?://[^\"]+|/[^\"]*)\"").matcher(html);
    while (matcher.find()) {
      String url = URI.create(page).resolve(matcher.group(1).replace("&amp;", "&")).toString();
      if (URI.create(url).getHost().matches(NOT_FOR_EVERYBODY)) continue;
      // What stands in a preconnect hint is an origin, no file.
      if (!url.matches("https://[^/]+/?|.*/missing.svg")) urls.add(url);
    }
    return urls;
  }

  /** Work with a URL that may fail. */
  private interface Look {
    void at(String url) throws Exception;
  }

  /** Several at once: some answer late on purpose. */
  private static void forEach(Collection<String> urls, Look look) throws Exception {
    ExecutorService readers = Executors.newFixedThreadPool(8);
    try {
      List<Future<Object>> looks = new ArrayList<>();
      for (String url : urls)
        looks.add(
            readers.submit(
                () -> {
                  look.at(url);
                  return null;
                }));
      for (Future<Object> done : looks) done.get();
    } finally {
      readers.shutdownNow();
    }
  }

  @Test
  void theLogHoldsTheHashOfTheBodyBeforeItsEncoding() throws Exception {
    for (String name : List.of("gzip", "br", "zstd"))
      get("https://cdn.torture-tags.example/" + name + ".js");
    Answer gzip = get("https://cdn.torture-tags.example/gzip.js");
    byte[] plain = new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes();
    ServedRequest served = playground.log().get(playground.log().size() - 1);
    assertThat(served.url()).isEqualTo("https://cdn.torture-tags.example/gzip.js");
    assertThat(served.bodySha256()).isEqualTo(sha256(plain));
    assertThat(served.bodyBytes()).isEqualTo(plain.length);
  }

  @Test
  void anUnknownHostIsCutOffAndStillInTheLog() {
    assertThatThrownBy(() -> get("http://nobody.invalid/x.js")).isInstanceOf(IOException.class);
    assertThat(playground.log())
        .singleElement()
        .satisfies(served -> assertThat(served.url()).isEqualTo("http://nobody.invalid/x.js"))
        .satisfies(served -> assertThat(served.status()).isZero());
  }

  @Test
  void anExpiredHostIsRefusedByItsCertificate() {
    assertThatThrownBy(() -> get("https://expired.torture.example/"))
        .isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void containersDifferByTheirId() throws Exception {
    String shop = get("https://www.googletagmanager.com/gtm.js?id=GTM-N0RDL7S").text();
    String paper = get("https://www.googletagmanager.com/gtm.js?id=GTM-MP7C1TY").text();
    assertThat(shop).contains("G-N0RD5H0E51").doesNotContain("taboola");
    assertThat(paper).contains("taboola");
    assertThat(get("https://www.googletagmanager.com/gtm.js?id=GTM-NOBODY").status())
        .isEqualTo(404);
  }

  @Test
  void theFrontDeskShowsAndClearsTheLog() throws Exception {
    get("https://torture.example/own.js");
    assertThat(get("http://127.0.0.1/log").text()).contains("https://torture.example/own.js");
    request("DELETE", "http://127.0.0.1/log");
    assertThat(playground.log()).isEmpty();
  }

  @Test
  void aTakenPortIsNamed(@TempDir Path other) {
    var settings = new PlaygroundSettings(playground.httpPort(), 0, other);
    assertThatThrownBy(() -> Playground.start(settings))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot listen on port " + playground.httpPort());
  }

  private record Answer(int status, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  private static Answer get(String url) throws IOException, GeneralSecurityException {
    return request("GET", url);
  }

  /** HTTP/1.0 by hand: JDK clients let nobody choose another address for a host name. */
  private static Answer request(String method, String url)
      throws IOException, GeneralSecurityException {
    URI uri = URI.create(url);
    try (Socket socket = connect(uri)) {
      socket.setSoTimeout(20_000);
      String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
      String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      String head =
          method
              + " "
              + path
              + query
              + " HTTP/1.1\r\nHost: "
              + uri.getHost()
              + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      return read(socket.getInputStream());
    }
  }

  private static Answer read(InputStream in) throws IOException {
    byte[] all = in.readAllBytes();
    String text = new String(all, StandardCharsets.ISO_8859_1);
    int body = text.indexOf("\r\n\r\n");
    if (body < 0) throw new IOException("cut off after " + all.length + " bytes");
    int status = Integer.parseInt(text.substring(9, 12));
    return new Answer(status, Arrays.copyOfRange(all, body + 4, all.length));
  }

  private static Socket connect(URI uri) throws IOException, GeneralSecurityException {
    if (uri.getScheme().equals("http")) return new Socket("127.0.0.1", playground.httpPort());
    Socket plain = new Socket("127.0.0.1", playground.httpsPort());
    SSLSocket socket =
        (SSLSocket) trusting.getSocketFactory().createSocket(plain, uri.getHost(), 443, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static SSLContext trusting() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream pem = Files.newInputStream(playground.caCertificate())) {
      store.setCertificateEntry(
          "ca", (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static String sha256(byte[] body) throws GeneralSecurityException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
  }
}
