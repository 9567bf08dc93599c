package org.tagwarden.collector.alerts.bounces;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Mails as mail servers send them back. */
final class Returned {
  private static final String REPORT =
      """
      Return-Path: <>
      Delivered-To: %1$s
      From: MAILER-DAEMON@mx.shop.example (Mail Delivery System)
      To: tags@tags.example
      Subject: Undelivered Mail Returned to Sender
      Auto-Submitted: auto-replied
      MIME-Version: 1.0
      Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

      This is a MIME-encapsulated message.

      --b1
      Content-Description: Notification
      Content-Type: text/plain; charset=us-ascii

      I'm sorry to have to inform you that your message could not be delivered.

      --b1
      Content-Description: Delivery report
      Content-Type: message/delivery-status

      Reporting-MTA: dns; mx.shop.example
      X-Postfix-Queue-ID: 3F2A1
      Arrival-Date: Mon,  2 Mar 2026 06:05:00 +0000 (UTC)

      Final-Recipient: rfc822; %3$s
      Original-Recipient: rfc822;%3$s
      Action: %4$s
      Status: %5$s
      Remote-MTA: dns; mail.shop.example
      Diagnostic-Code: smtp; 550 5.1.1 <%3$s>: Recipient address rejected:
          User unknown in virtual mailbox table

      --b1
      Content-Description: Undelivered Message
      Content-Type: message/rfc822

      From: Tagwarden <tags@tags.example>
      %2$sTo: %3$s
      Subject: Not approved

      A script that nobody approved runs.

      --b1--
      """;

  private Returned() {}

  /** About a message of ours. */
  static String report(String messageId, String recipient, String action, String status) {
    String quoted = "Message-ID: <" + messageId + ">\n";
    return REPORT.formatted("tags@tags.example", quoted, recipient, action, status);
  }

  /** That quotes nothing, and came to this address. */
  static String reportTo(String envelope, String recipient) {
    return REPORT.formatted(envelope, "", recipient, "failed", "5.1.1");
  }

  /** Somebody is on holiday. */
  static String holiday(String to) {
    return "To: " + to + "\nFrom: it@shop.example\nSubject: Away\n\nBack on Monday. 5.1.1 failed\n";
  }

  static MimeMessage mail(String text) {
    try {
      return new MimeMessage(
          Session.getInstance(new Properties()),
          new ByteArrayInputStream(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)));
    } catch (MessagingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
