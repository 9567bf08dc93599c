package org.tagwarden.collector.alerts.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.tagwarden.collector.db.TestDatabase.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.vertx.core.Vertx;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tagwarden.collector.ServerConfig.Smtp;
import org.tagwarden.collector.alerts.Alert;
import org.tagwarden.collector.alerts.AlertException;
import org.tagwarden.collector.alerts.AlertKind;
import org.tagwarden.collector.alerts.AlertMessage;
import org.tagwarden.collector.alerts.AlertStory;
import org.tagwarden.collector.alerts.bounces.ReturnAddress;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.findings.ChangeKind;
import org.tagwarden.report.SampleReports;

/** With a real mail server, plain and with TLS. */
class EmailChannelTest {
  private static final String UNSUBSCRIBE = "https://tags.example/act/u";

  private Vertx vertx;
  private GreenMail plain;
  private GreenMail secure;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    plain = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    secure = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
    plain.start();
    secure.start();
    plain.setUser("tags@tags.example", "tags", "right");
  }

  @AfterEach
  void stop() {
    plain.stop();
    secure.stop();
    await(vertx.close());
  }

  @Test
  void logs_in_and_hands_the_mail_over() throws Exception {
    send(plain.getSmtp().getPort(), Smtp.Tls.NONE, "tags", "right", "it@shop.example");

    assertThat(plain.getReceivedMessages()).hasSize(1);
    assertThat(plain.getReceivedMessages()[0].getMessageID()).isEqualTo("<finding-1@tagwarden>");
  }

  @Test
  void a_mail_stands_in_its_findings_thread_and_says_how_to_leave() throws Exception {
    send(plain.getSmtp().getPort(), Smtp.Tls.NONE, null, null, "it@shop.example");

    MimeMessage mail = plain.getReceivedMessages()[0];
    assertThat(mail.getHeader("In-Reply-To")).containsExactly("<two@tagwarden>");
    assertThat(mail.getHeader("References")[0].split("\\s+"))
        .containsExactly("<one@tagwarden>", "<two@tagwarden>");
    assertThat(mail.getHeader("List-Unsubscribe")).containsExactly("<" + UNSUBSCRIBE + ">");
    assertThat(mail.getHeader("List-Unsubscribe-Post")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "RCPT, 451 4.7.1 Greylisted, false, false",
    "RCPT, 550 5.1.1 No such user, true, true",
    "MAIL, 552 5.2.2 Over quota for good, true, true",
    "DATA, 554 5.7.1 Looks like spam, true, false",
    "MAIL, 421 4.3.2 Shutting down, false, false",
  })
  void what_a_server_refuses_is_told_apart(
      String at, String reply, boolean permanent, boolean bounce) throws Exception {
    try (ScriptedSmtp server = ScriptedSmtp.answering(at, reply)) {
      AlertException refused = refusal(server.port(), Smtp.Tls.NONE, null, null, "it@shop.example");
      assertThat(refused.isPermanent()).isEqualTo(permanent);
      assertThat(refused.isBounce()).isEqualTo(bounce);
    }
  }

  @ParameterizedTest
  @CsvSource({"HELO", "RCPT", "BODY"})
  void a_server_that_falls_silent_costs_no_more_than_its_time(String at) throws Exception {
    try (ScriptedSmtp server = ScriptedSmtp.hangingAt(at)) {
      assertThat(refusal(server.port(), Smtp.Tls.NONE, null, null, "it@shop.example").isPermanent())
          .isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"HELO", "DATA", "BODY"})
  void a_server_that_dies_mid_message_gets_it_again(String at) throws Exception {
    try (ScriptedSmtp server = ScriptedSmtp.dyingAt(at)) {
      assertThat(refusal(server.port(), Smtp.Tls.NONE, null, null, "it@shop.example").isPermanent())
          .isFalse();
    }
  }

  @Test
  void a_wrong_login_is_tried_again_and_names_the_settings() {
    AlertException refused =
        refusal(plain.getSmtp().getPort(), Smtp.Tls.NONE, "tags", "wrong", "it@shop.example");

    assertThat(refused.isPermanent()).isFalse();
    assertThat(refused).hasMessageContaining("smtp.user").hasMessageNotContaining("wrong");
    assertThat(plain.getReceivedMessages()).isEmpty();
  }

  @Test
  void a_certificate_that_nobody_vouches_for_gets_no_mail() {
    AlertException refused =
        refusal(secure.getSmtps().getPort(), Smtp.Tls.TLS, null, null, "it@shop.example");

    assertThat(refused.isPermanent()).isFalse();
    assertThat(refused).hasMessageContaining("smtp.tls");
    assertThat(secure.getReceivedMessages()).isEmpty();
  }

  @Test
  void a_server_without_starttls_gets_no_mail_when_starttls_is_asked_for() {
    AlertException refused =
        refusal(plain.getSmtp().getPort(), Smtp.Tls.STARTTLS, null, null, "it@shop.example");

    assertThat(refused.isPermanent()).isFalse();
    assertThat(plain.getReceivedMessages()).isEmpty();
  }

  @Test
  void what_is_no_address_is_given_up() {
    AlertException refused =
        refusal(plain.getSmtp().getPort(), Smtp.Tls.NONE, null, null, "nobody at all");

    assertThat(refused.isPermanent()).isTrue();
    assertThat(refused).hasMessageContaining("nobody at all");
  }

  private AlertException refusal(
      int port, Smtp.Tls tls, @Nullable String user, @Nullable String password, String to) {
    AlertException refused =
        catchThrowableOfType(AlertException.class, () -> send(port, tls, user, password, to));
    assertThat(refused).as("refused").isNotNull();
    return refused;
  }

  private void send(
      int port, Smtp.Tls tls, @Nullable String user, @Nullable String password, String to) {
    Smtp smtp = new Smtp("127.0.0.1", port, tls, user, password, "Tagwarden <tags@tags.example>");
    Alert alert =
        new Alert(
            1,
            AlertKind.NOW,
            3,
            EmailChannel.ID,
            to,
            "finding-1@tagwarden",
            1,
            OffsetDateTime.MAX,
            null);
    Mailer mailer =
        new Mailer(vertx, smtp, Duration.ofSeconds(2), new ReturnAddress(new byte[] {1}, null));
    await(new EmailChannel(mailer).deliver(alert, message()));
  }

  private static AlertMessage message() {
    return new AlertMessage(
        AlertKind.NOW,
        List.of(story()),
        1,
        "Ada.",
        List.of("one@tagwarden", "two@tagwarden"),
        new AlertMessage.Links(
            "https://tags.example/l", "https://tags.example/act/a", UNSUBSCRIBE));
  }

  private static AlertStory story() {
    return new AlertStory(
        7,
        "unapproved-script",
        ChangeKind.OPENED,
        SampleReports.START,
        "Client",
        3,
        "Shop",
        "https://shop.example",
        "Script that nobody approved",
        "It can read everything.",
        "a.example/x.js",
        Severity.HIGH,
        "It runs.",
        List.of("seen once"),
        "Decide.",
        SampleReports.START,
        null,
        List.of("https://shop.example/"),
        1,
        1,
        null,
        null);
  }
}
