package org.tagwarden.playground.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MailCatcherTest {
  private static MailCatcher catcher;

  @BeforeAll
  static void start() throws IOException {
    catcher = MailCatcher.start(0, 0);
  }

  @AfterAll
  static void stop() {
    catcher.close();
  }

  @BeforeEach
  void empty() {
    catcher.clear();
  }

  @Test
  void aMailToTwoPeopleIsShownOnceWithBothParts() throws Exception {
    send("New script on Nordlys", "it@client.example, owner@client.example");
    assertThat(catcher.mails())
        .singleElement()
        .satisfies(mail -> assertThat(mail.subject()).isEqualTo("New script on Nordlys"))
        .satisfies(mail -> assertThat(mail.to()).hasSize(2))
        .satisfies(mail -> assertThat(mail.text()).isEqualTo("as text, grüße"))
        .satisfies(mail -> assertThat(mail.html()).isEqualTo("<p>as <b>HTML</b></p>"));
  }

  @Test
  void programsReadTheMailsAsJsonAndEmptyThem() throws Exception {
    send("For programs", "it@client.example");
    assertThat(http("GET", "mails.json").body()).contains("\"subject\":\"For programs\"");
    assertThat(http("DELETE", "mails.json").statusCode()).isEqualTo(204);
    assertThat(http("GET", "mails.json").body()).isEqualTo("[]");
  }

  @Test
  void theHtmlPartIsLockedIntoASandbox() throws Exception {
    send("Sandboxed", "it@client.example");
    String id = catcher.mails().get(0).id();
    HttpResponse<String> html = http("GET", "mails/" + id + "/html");
    assertThat(html.body()).contains("<p>as <b>HTML</b></p>");
    assertThat(html.headers().firstValue("Content-Security-Policy").orElse(""))
        .startsWith("sandbox")
        .doesNotContain("allow-scripts")
        .contains("default-src 'none'");
  }

  @Test
  void thePageHasNoInlineScriptAndAsksNobodyElse() throws Exception {
    HttpResponse<String> page = http("GET", "");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("script-src 'self'");
    assertThat(page.body()).doesNotContain("//cdn", "<script>");
  }

  @Test
  void anUnknownMailIsNotFound() throws Exception {
    assertThat(http("GET", "mails/nobody/html").statusCode()).isEqualTo(404);
  }

  @Test
  void takenPortsAreNamed() {
    assertThatThrownBy(() -> MailCatcher.start(catcher.smtpPort(), 0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("SMTP port " + catcher.smtpPort());
    assertThatThrownBy(() -> MailCatcher.start(0, catcher.webPort()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("port " + catcher.webPort());
  }

  private static HttpResponse<String> http(String method, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(catcher.url() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString());
  }

  private static void send(String subject, String to) throws MessagingException {
    Properties properties = new Properties();
    properties.put("mail.smtp.host", "127.0.0.1");
    properties.put("mail.smtp.port", String.valueOf(catcher.smtpPort()));
    MimeMessage message = new MimeMessage(Session.getInstance(properties));
    message.setFrom("tagwarden@example.org");
    message.setRecipients(MimeMessage.RecipientType.TO, InternetAddress.parse(to));
    message.setSubject(subject);
    MimeBodyPart text = new MimeBodyPart();
    text.setText("as text, grüße", "UTF-8");
    MimeBodyPart html = new MimeBodyPart();
    html.setContent("<p>as <b>HTML</b></p>", "text/html; charset=utf-8");
    message.setContent(new MimeMultipart("alternative", text, html));
    Transport.send(message);
    assertThat(catcher.await(5_000, InternetAddress.parse(to).length)).isTrue();
  }
}
