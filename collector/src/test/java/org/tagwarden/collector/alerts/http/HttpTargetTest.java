package org.tagwarden.collector.alerts.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.tagwarden.collector.db.TestDatabase.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tagwarden.collector.MovableClock;
import org.tagwarden.collector.alerts.Alert;
import org.tagwarden.collector.alerts.AlertChannel;
import org.tagwarden.collector.alerts.AlertException;
import org.tagwarden.collector.alerts.AlertKind;
import org.tagwarden.collector.alerts.AlertMessage;
import org.tagwarden.collector.alerts.AlertStory;
import org.tagwarden.collector.alerts.Destination;
import org.tagwarden.collector.alerts.Secrets;
import org.tagwarden.collector.alerts.slack.SlackChannel;
import org.tagwarden.collector.alerts.teams.TeamsChannel;
import org.tagwarden.collector.alerts.ticket.TicketChannel;
import org.tagwarden.collector.alerts.webhook.WebhookChannel;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.findings.ChangeKind;

/** With real receivers, which answer badly, late or not at all. */
class HttpTargetTest {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private record Received(String id, String timestamp, @Nullable String signature, String body) {}

  @TempDir Path secrets;
  private final MovableClock clock = MovableClock.at("2026-03-02T06:05:00Z");
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private Vertx vertx;
  private HttpServer server;
  private Consumer<HttpServerRequest> answer = request -> request.response().end("ok");

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    server =
        await(
            vertx
                .createHttpServer()
                .requestHandler(
                    request ->
                        request
                            .body()
                            .onSuccess(
                                body -> {
                                  received.add(received(request, body));
                                  answer.accept(request);
                                }))
                .listen(0, "127.0.0.1"));
  }

  private static Received received(HttpServerRequest request, Buffer body) {
    return new Received(
        request.getHeader("webhook-id"),
        request.getHeader("webhook-timestamp"),
        request.getHeader("webhook-signature"),
        body.toString());
  }

  @AfterEach
  void stop() {
    await(vertx.close());
  }

  @Test
  void a_receiver_can_verify_who_sent_it_and_when_and_that_it_is_whole() throws Exception {
    Files.writeString(secrets.resolve("siem-key"), "a shared secret\n");
    deliver(new WebhookChannel(target(true)), url("/hook?x=1"), "secret:siem-key");

    Received got = received.get(0);
    assertThat(got.id()).isEqualTo("alert-1@tagwarden");
    assertThat(Instant.ofEpochSecond(Long.parseLong(got.timestamp()))).isEqualTo(clock.instant());
    assertThat(got.signature()).isEqualTo("v1," + hmac("a shared secret", got));

    JsonObject body = new JsonObject(got.body());
    assertThat(body.getString("headline")).isEqualTo("A script that nobody approved runs on Shop");
    assertThat(body.getString("nextInLine")).isEqualTo("Ada.");
    assertThat(body.getJsonArray("findings").getJsonObject(0).getString("subject"))
        .isEqualTo("a.example/<x>.js");
  }

  /** As docs/operations.md tells receivers to do it. */
  private static String hmac(String key, Received got) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String signed = got.id() + "." + got.timestamp() + "." + got.body();
    return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void a_second_try_has_the_same_id_and_a_new_time() {
    WebhookChannel channel = new WebhookChannel(target(true));
    deliver(channel, url("/"), null);
    clock.advance(Duration.ofMinutes(1));
    deliver(channel, url("/"), null);

    assertThat(received).extracting(Received::id).containsOnly("alert-1@tagwarden");
    assertThat(received).extracting(Received::timestamp).doesNotHaveDuplicates();
    assertThat(received.get(0).signature()).isNull();
  }

  @Test
  void slack_and_teams_get_their_own_formats_and_strangers_write_no_markup_there()
      throws Exception {
    Files.writeString(secrets.resolve("room"), url("/services/T/B/x"));
    deliver(new SlackChannel(target(true)), "secret:room", null);
    deliver(new TeamsChannel(target(true)), "secret:room", null);

    JsonObject slack = new JsonObject(received.get(0).body());
    assertThat(slack.getString("text")).contains("A script that nobody approved runs");
    assertThat(slack.encode()).contains("a.example/&lt;x&gt;.js").doesNotContain("<x>");
    for (int i = 0; i < 2; i++)
      assertThat(
              slack
                  .getJsonArray("blocks")
                  .getJsonObject(i)
                  .getJsonObject("text")
                  .getBoolean("verbatim"))
          .as("no addresses become links, nobody is called by name")
          .isTrue();
    JsonObject teams = new JsonObject(received.get(1).body());
    JsonObject card = teams.getJsonArray("attachments").getJsonObject(0).getJsonObject("content");
    assertThat(card.getString("type")).isEqualTo("AdaptiveCard");
    assertThat(card.getJsonArray("actions")).hasSize(2);
  }

  @Test
  void tickets_are_opened_by_webhook_without_a_mail_server_and_by_mail_only_with_one() {
    TicketChannel tickets = new TicketChannel(null, target(true));
    deliver(tickets, url("/@desk?to=a@b.example"), null);

    JsonObject ticket = new JsonObject(received.get(0).body());
    assertThat(ticket.getString("externalId")).isEqualTo("tagwarden-7");
    assertThat(ticket.getString("description"))
        .as("nobody's list is left from a ticket")
        .contains("What to do", "I take care of it")
        .doesNotContain("No more mails", "You get this");
    assertThatThrownBy(() -> tickets.check("desk@shop.example")).hasMessageContaining("smtp.host");
    AlertException late =
        catchThrowableOfType(
            AlertException.class, () -> deliver(tickets, "desk@shop.example", null));
    assertThat(late).hasMessageContaining("smtp.host");
    assertThat(late.isPermanent()).as("it may be set again").isFalse();
  }

  @ParameterizedTest
  @CsvSource({"500, false", "404, false", "429, false", "302, false", "410, true"})
  void what_is_no_2xx_is_a_failure_and_only_gone_is_for_good(int status, boolean permanent) {
    answer =
        request ->
            request.response().setStatusCode(status).putHeader("Location", url("/other")).end();

    AlertException failure = failure(true, url("/"));

    assertThat(failure.isPermanent()).isEqualTo(permanent);
    assertThat(failure).hasMessageContaining(String.valueOf(status));
    assertThat(received).as("redirects are not followed").hasSize(1);
  }

  @Test
  void a_receiver_that_never_answers_costs_no_more_than_its_time() {
    answer = request -> {};
    long from = System.nanoTime();

    assertThat(failure(true, url("/")).isPermanent()).isFalse();
    assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(PATIENCE.multipliedBy(5));
  }

  @Test
  void a_receiver_that_hangs_up_or_is_not_there_is_tried_again() throws IOException {
    answer = request -> request.connection().close();
    assertThat(failure(true, url("/")).isPermanent()).isFalse();

    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    assertThat(failure(true, "http://127.0.0.1:" + closed + "/").isPermanent()).isFalse();
  }

  @Test
  void a_certificate_that_nobody_vouches_for_gets_no_message() {
    HttpServerOptions tls =
        new HttpServerOptions()
            .setSsl(true)
            .setKeyCertOptions(new PfxOptions().setPath("greenmail.p12").setPassword("changeit"));
    HttpServer stranger =
        await(
            vertx
                .createHttpServer(tls)
                .requestHandler(request -> request.response().end())
                .listen(0, "127.0.0.1"));

    AlertException failure = failure(true, "https://localhost:" + stranger.actualPort() + "/");

    assertThat(failure).hasMessageContaining("localhost could not be reached");
    assertThat(failure.isPermanent()).as("it may be renewed today").isFalse();
  }

  @Test
  void a_signing_key_that_is_none_says_so_and_nothing_goes_out_unsigned() throws Exception {
    Files.writeString(secrets.resolve("siem-key"), "whsec_this is no Base64");

    assertThatThrownBy(() -> deliver(new WebhookChannel(target(true)), url("/"), "secret:siem-key"))
        .isInstanceOf(AlertException.class)
        .hasMessageContaining("no Base64")
        .hasMessageNotContaining("this is");
    assertThat(received).isEmpty();
  }

  @Test
  void slack_gets_all_of_a_long_message_in_sections_that_it_takes() throws Exception {
    Files.writeString(secrets.resolve("room"), url("/services/T/B/x"));
    deliver(new SlackChannel(target(true)), "secret:room", null, message("x&y".repeat(150), 30));

    JsonArray blocks = new JsonObject(received.get(0).body()).getJsonArray("blocks");
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < blocks.size() - 1; i++) {
      String text = blocks.getJsonObject(i).getJsonObject("text").getString("text");
      assertThat(text).hasSizeLessThanOrEqualTo(3_000);
      all.append(text);
    }
    assertThat(all).contains("and 20 more", "What to do", "Next in line: Ada.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1:%d/",
        "https://localhost:%d/",
        "https://[::1]:%d/",
        "https://10.1.2.3/",
        "https://192.168.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://100.64.0.1/",
        "https://[fd00::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[64:ff9b::7f00:1]/"
      })
  void private_networks_are_out_of_reach_unless_the_settings_allow_them(String address) {
    AlertException failure = failure(false, address.formatted(server.actualPort()));

    assertThat(failure).hasMessageContaining("alerts.private-targets");
    assertThat(failure.isPermanent()).isTrue();
    assertThat(received).isEmpty();
  }

  @Test
  void what_is_secret_stands_in_no_sentence() throws IOException {
    Files.writeString(secrets.resolve("room"), "https://user:s3cret@hooks.example/T/s3cret");
    Files.writeString(secrets.resolve("other"), "no address s3cret");

    assertThat(failure(false, "secret:room")).hasMessageNotContaining("s3cret");
    assertThat(failure(false, "secret:other")).hasMessageNotContaining("s3cret");
    assertThat(failure(false, "secret:missing")).hasMessageContaining("\"missing\"");
    assertThat(failure(false, "secret:../room")).hasMessageContaining("no web address");
    assertThat(failure(false, "http://hooks.example/")).hasMessageContaining("https://");
  }

  private HttpTarget target(boolean privateTargets) {
    return new HttpTarget(vertx, new Secrets(secrets), privateTargets, clock, PATIENCE);
  }

  private String url(String path) {
    return "http://localhost:" + server.actualPort() + path;
  }

  private AlertException failure(boolean privateTargets, String address) {
    AlertException failure =
        catchThrowableOfType(
            AlertException.class,
            () -> deliver(new WebhookChannel(target(privateTargets)), address, null));
    assertThat(failure).as("failure of " + address).isNotNull();
    return failure;
  }

  private static void deliver(AlertChannel channel, String address, @Nullable String signing) {
    deliver(channel, address, signing, message());
  }

  private static void deliver(
      AlertChannel channel, String address, @Nullable String signing, AlertMessage message) {
    Destination to = new Destination(1, 1, "there", channel.id(), address, signing);
    Alert alert =
        new Alert(
            1,
            AlertKind.NOW,
            3,
            channel.id(),
            "there",
            "alert-1@tagwarden",
            1,
            OffsetDateTime.MAX,
            to);
    await(channel.deliver(alert, message));
  }

  private static AlertMessage message() {
    return message("It runs.", 1);
  }

  private static AlertMessage message(String summary, int times) {
    Instant at = Instant.parse("2026-03-02T06:00:00Z");
    AlertStory story =
        new AlertStory(
            7,
            "unapproved-script",
            ChangeKind.OPENED,
            at,
            "Client",
            3,
            "Shop",
            "https://shop.example",
            "Script that nobody approved",
            "It can read everything.",
            "a.example/<x>.js",
            Severity.HIGH,
            summary,
            List.of(),
            "Decide.",
            at,
            null,
            List.of("https://shop.example/"),
            1,
            1,
            null,
            null);
    return new AlertMessage(
        AlertKind.NOW,
        Collections.nCopies(times, story),
        times,
        "Ada.",
        List.of(),
        new AlertMessage.Links(
            "https://t.example/l", "https://t.example/a", "https://t.example/u"));
  }
}
