package org.tagwarden.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.littleshoot.proxy.HttpFilters;
import org.littleshoot.proxy.HttpFiltersAdapter;
import org.littleshoot.proxy.HttpFiltersSourceAdapter;
import org.littleshoot.proxy.HttpProxyServer;
import org.littleshoot.proxy.ProxyAuthenticator;
import org.littleshoot.proxy.impl.DefaultHttpProxyServer;
import org.slf4j.LoggerFactory;
import org.tagwarden.agent.har.HarWriter;
import org.tagwarden.agent.identity.SignatureCheck;
import org.tagwarden.agent.identity.SigningKey;
import org.tagwarden.playground.Playground;
import org.tagwarden.playground.PlaygroundSettings;
import org.tagwarden.playground.ServedRequest;
import org.tagwarden.report.CapturedCookie;
import org.tagwarden.report.Header;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.Problem;
import org.tagwarden.report.ReportCodec;
import org.tagwarden.report.ScanReport;
import org.tagwarden.report.SiteAccess;
import org.tagwarden.report.SiteAccess.BasicAuth;
import org.tagwarden.report.SiteAccess.PresetCookie;
import org.tagwarden.report.VisitOptions;
import org.tagwarden.report.VisitOutcome;
import org.tagwarden.report.Visitor;

/** A site that lets in only whom it knows, and what nobody else may learn of that. */
@Tag("browser")
class SiteAccessTest {
  private static final String PAGE = "https://staging.members.example/";
  private static final List<String> SECRETS =
      List.of("open sesame", "open%20sesame", "correct horse", "let-me-in", "through the gate");
  private static final SiteAccess LET_IN =
      new SiteAccess(
          List.of(new Header("X-Scanner-Key", "${secret:key}")),
          new BasicAuth("scanner", "${secret:password}"),
          List.of(new PresetCookie("preview", "${secret:cookie}", null)),
          null);

  private static @TempDir Path folder;
  private static Playground playground;
  private static SiteScan scan;
  private static Path data;

  @BeforeAll
  static void start() throws Exception {
    playground = Playground.start(PlaygroundSettings.anyPorts(folder));
    data = folder.resolve("scanner");
    secret("key", "open sesame");
    secret("password", "correct horse");
    secret("cookie", "let-me-in");
    secret("gate", "through the gate");
    ScannerSettings d = Scans.settings(data, playground);
    scan =
        new SiteScan(
            new ScannerSettings(
                d.name(),
                data,
                d.connectTo(),
                d.caCertificate(),
                null,
                null,
                2,
                false,
                d.dnsServer(),
                "https://scanner.example.org"));
  }

  @BeforeEach
  void forget() {
    playground.clearLog();
  }

  @AfterAll
  static void stop() {
    scan.close();
    playground.close();
  }

  @Test
  void withoutTheSettingsTheDoorStaysShut() {
    PageVisit visit = visit(SiteAccess.OPEN, Visitor.ANYBODY);
    assertThat(visit.requests().get(0).status()).isEqualTo(401);
    assertThat(visit.title()).isNotEqualTo("Members only");
  }

  @Test
  void headersPasswordAndCookiesGoToTheSiteAndToNoThirdParty() {
    PageVisit visit = visit(LET_IN, Visitor.ANYBODY);
    assertThat(visit.title()).isEqualTo("Members only");
    assertThat(asked("img.members.example").headers())
        .as("another host of the site")
        .containsEntry("x-scanner-key", "open sesame")
        .containsKey("authorization")
        .extractingByKey("cookie")
        .asString()
        .contains("preview=let-me-in");
    assertThat(visit.cookies())
        .as("not the cookie that the scanner brought: nobody on the page has set it")
        .extracting(CapturedCookie::name, CapturedCookie::script)
        .containsExactly(tuple("been_here", PAGE));
    ServedRequest third = asked("cdn.members-tags.example");
    assertThat(third.headers())
        .doesNotContainKeys(
            "x-scanner-key", "authorization", "cookie", "signature", "signature-input");
  }

  @Test
  void secretsAreInNoReportHarOrLogThoughThePageEchoesThem() throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Level before = root.getLevel();
    root.setLevel(Level.INFO);
    root.addAppender(log);
    VisitResult result;
    try {
      result = Scans.result(scan, PAGE, options(LET_IN, Visitor.ANYBODY));
    } finally {
      root.detachAppender(log);
      root.setLevel(before);
    }
    ScanReport report =
        ScanReport.of(
            UUID.randomUUID(),
            null,
            scan.identity(),
            List.of(result.visit()),
            result.bodies(),
            result.images());
    assertThat(new String(ReportCodec.write(report), StandardCharsets.UTF_8))
        .doesNotContain(SECRETS)
        .contains("(secret:key)", "(secret:cookie)", "X-Scanner-Key");
    assertThat(new String(HarWriter.write(report), StandardCharsets.UTF_8)).doesNotContain(SECRETS);
    assertThat(log.list.stream().map(ILoggingEvent::getFormattedMessage).toList().toString())
        .doesNotContain(SECRETS);
  }

  @Test
  void aMissingSecretIsOneSentenceAndNoVisit() {
    SiteAccess access =
        new SiteAccess(
            List.of(new Header("X-Scanner-Key", "${secret:nobody-has-it}")), null, List.of(), null);
    PageVisit visit = visit(access, Visitor.ANYBODY);
    assertThat(visit.outcome()).isEqualTo(VisitOutcome.FAILED);
    assertThat(visit.problems()).extracting(Problem::code).containsExactly("secret-missing");
    assertThat(visit.problems().get(0).message())
        .contains("nobody-has-it", "TAGWARDEN_SECRET_NOBODY_HAS_IT");
    assertThat(playground.log()).isEmpty();
  }

  @Test
  void aSignedVisitorCanBeTold() throws Exception {
    visit(LET_IN, new Visitor(null, null, null, true));
    SigningKey key = SigningKey.in(data.resolve("identity"));
    SignatureCheck firewall = new SignatureCheck(key.jwk());
    ServedRequest page = asked("staging.members.example");
    assertThat(page.headers().get("signature-agent")).isEqualTo("\"https://scanner.example.org\"");
    assertThat(firewall.verifies(page.headers(), "staging.members.example")).isTrue();
    assertThat(firewall.verifies(page.headers(), "other.members.example"))
        .as("a signature stolen for another host")
        .isFalse();
    ServedRequest own = asked("img.members.example");
    assertThat(firewall.verifies(own.headers(), "img.members.example")).isTrue();
    assertThat(own.headers().get("signature-input"))
        .contains(key.keyId(), "tag=\"web-bot-auth\"")
        .isNotEqualTo(page.headers().get("signature-input"));
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(data.resolve("identity/signing-key"))))
        .isEqualTo("rw-------");
  }

  @Test
  void anUpstreamProxyIsGoneThroughWithItsPassword() {
    Queue<String> connects = new ConcurrentLinkedQueue<>();
    HttpProxyServer upstream = upstream(connects);
    try {
      String address =
          "http://gatekeeper:${secret:gate}@localhost:" + upstream.getListenAddress().getPort();
      SiteAccess through =
          new SiteAccess(LET_IN.headers(), LET_IN.basicAuth(), LET_IN.cookies(), address);
      PageVisit visit = Scans.visit(scan, PAGE, internal(options(through, Visitor.ANYBODY)));
      assertThat(visit.title()).isEqualTo("Members only");
      assertThat(connects).contains("staging.members.example:443", "cdn.members-tags.example:443");
      assertThat(playground.log())
          .as("what is behind the proxy does not learn who goes through it")
          .noneMatch(r -> r.headers().containsKey("proxy-authorization"));
      String wrong = address.replace("gatekeeper:${secret:gate}", "gatekeeper:wrong");
      PageVisit refused =
          Scans.visit(
              scan,
              PAGE,
              internal(
                  options(new SiteAccess(List.of(), null, List.of(), wrong), Visitor.ANYBODY)));
      assertThat(refused.outcome()).isEqualTo(VisitOutcome.FAILED);
    } finally {
      upstream.abort();
    }
  }

  /** A proxy like those of companies: it asks who goes through, and resolves names itself. */
  private static HttpProxyServer upstream(Queue<String> connects) {
    return DefaultHttpProxyServer.bootstrap()
        .withPort(0)
        .withProxyAuthenticator(
            new ProxyAuthenticator() {
              @Override
              public boolean authenticate(String user, String password) {
                return user.equals("gatekeeper") && password.equals("through the gate");
              }

              @Override
              public String getRealm() {
                return "office";
              }
            })
        .withServerResolver(
            (host, port) ->
                new InetSocketAddress(
                    InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1}),
                    port == 80 ? playground.httpPort() : playground.httpsPort()))
        .withFiltersSource(
            new HttpFiltersSourceAdapter() {
              @Override
              public HttpFilters filterRequest(HttpRequest request) {
                connects.add(request.uri());
                return new HttpFiltersAdapter(request);
              }
            })
        .start();
  }

  private static PageVisit visit(SiteAccess access, Visitor visitor) {
    return Scans.visit(scan, PAGE, options(access, visitor));
  }

  private static VisitOptions options(SiteAccess access, Visitor visitor) {
    return Scans.options(500, 1).but().visitor(visitor).access(access).build();
  }

  /** The office's proxy is on this machine, which only internal sites may ask for. */
  private static VisitOptions internal(VisitOptions o) {
    return o.but().allowPrivate(true).build();
  }

  private static ServedRequest asked(String host) {
    return playground.log().stream()
        .filter(r -> r.host().equals(host) && !r.url().contains("favicon"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nobody asked " + host));
  }

  private static void secret(String name, @Nullable String value) throws Exception {
    Path secrets = Files.createDirectories(data.resolve("secrets"));
    Path file = Files.writeString(secrets.resolve(name), String.valueOf(value));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
