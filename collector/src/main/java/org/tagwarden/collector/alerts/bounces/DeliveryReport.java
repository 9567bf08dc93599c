package org.tagwarden.collector.alerts.bounces;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a mail server says about a message that it could not deliver (RFC 3464), as far as it
 * matters here. Anybody can write such a mail: whether the message was ours is told elsewhere.
 *
 * @param addressed to whom the report itself came, as its headers say
 * @param messageId of the message that it is about, without angle brackets; null when it quotes
 *     none
 */
public record DeliveryReport(String addressed, @Nullable String messageId, List<Failure> failures) {
  private static final int DEEPEST = 4;
  private static final int LONGEST = 300;
  private static final Pattern STATUS = Pattern.compile("\\s*([245]\\.\\d{1,3}\\.\\d{1,3})");
  private static final Pattern ID = Pattern.compile("<([^<>\\s]{1,500})>");

  /** Headers in which servers write down where a mail was delivered to, and whom it addressed. */
  private static final List<String> ADDRESSED =
      List.of("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To");

  /**
   * A recipient who will not get the message.
   *
   * @param status RFC 3463's code, "5.1.1"
   * @param diagnostic what the server over there said; "" when that is not told
   */
  public record Failure(String recipient, String status, String diagnostic) {
    /** Whether trying again later would fail, too. */
    public boolean isPermanent() {
      return status.startsWith("5.");
    }

    /** In a sentence. */
    public String sentence() {
      String said = diagnostic.isEmpty() ? "" : ": " + diagnostic;
      return "The mail came back, " + recipient + " does not get it (" + status + ")" + said;
    }
  }

  public DeliveryReport {
    failures = List.copyOf(failures);
  }

  /** The gravest of its failures; nothing when it is about a delay or a success. */
  public Optional<Failure> failure() {
    return failures.stream()
        .filter(Failure::isPermanent)
        .findFirst()
        .or(() -> failures.stream().findFirst());
  }

  /** Reads a mail; nothing when it is no report about a delivery, or none that can be read. */
  static Optional<DeliveryReport> of(MimeMessage mail) {
    try {
      Parts parts = new Parts();
      parts.gather(mail, 0);
      if (parts.status == null) return Optional.empty();
      return Optional.of(
          new DeliveryReport(addressed(mail), parts.messageId, failures(parts.status)));
    } catch (MessagingException | IOException | RuntimeException e) {
      return Optional.empty(); // strangers write what they like: it is no report then
    }
  }

  private static String addressed(MimeMessage mail) throws MessagingException {
    List<String> all = new ArrayList<>();
    for (String name : ADDRESSED) {
      String[] values = mail.getHeader(name);
      if (values != null) all.addAll(List.of(values));
    }
    return String.join(", ", all);
  }

  /** The parts that matter, wherever a server puts them. */
  private static final class Parts {
    private @Nullable String status;
    private @Nullable String messageId;

    void gather(Part part, int depth) throws MessagingException, IOException {
      String type = String.valueOf(part.getContentType()).toLowerCase(Locale.ROOT);
      if (type.startsWith("multipart/") && part.getContent() instanceof Multipart many) {
        for (int i = 0; i < many.getCount() && depth < DEEPEST; i++) {
          BodyPart one = many.getBodyPart(i);
          gather(one, depth + 1);
        }
      } else if (type.startsWith("message/delivery-status")
          || type.startsWith("message/global-delivery-status")) {
        if (status == null) status = text(part);
      } else if (type.startsWith("message/") || type.startsWith("text/rfc822-headers")) {
        if (messageId == null) messageId = id(part);
      }
    }

    private static String text(Part part) throws MessagingException, IOException {
      try (InputStream in = part.getInputStream()) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }

    private static @Nullable String id(Part part) throws MessagingException, IOException {
      try (InputStream in = part.getInputStream()) {
        String id = new InternetHeaders(in).getHeader("Message-ID", null);
        Matcher matcher = ID.matcher(id == null ? "" : id);
        return matcher.find() ? matcher.group(1) : null;
      }
    }
  }

  /** Groups of fields with empty lines between them; the first is about the message as a whole. */
  private static List<Failure> failures(String status) throws MessagingException {
    List<Failure> failures = new ArrayList<>();
    for (String group : status.split("\\r?\\n[ \\t]*\\r?\\n")) {
      byte[] bytes = (group.strip() + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
      InternetHeaders fields = new InternetHeaders(new ByteArrayInputStream(bytes), true);
      Matcher code = STATUS.matcher(field(fields, "Status"));
      if (!field(fields, "Action").equalsIgnoreCase("failed") || !code.lookingAt()) continue;
      String original = address(field(fields, "Original-Recipient"));
      failures.add(
          new Failure(
              original.isEmpty() ? address(field(fields, "Final-Recipient")) : original,
              code.group(1),
              address(field(fields, "Diagnostic-Code"))));
    }
    return failures;
  }

  /** On one line and without comments' length: it is shown to people. */
  private static String field(InternetHeaders fields, String name) {
    String value = fields.getHeader(name, null);
    if (value == null) return "";
    String line = value.replaceAll("\\p{Cntrl}+\\s*", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  /** Without the type before the semicolon: "rfc822; it@shop.example". */
  private static String address(String field) {
    return field.substring(field.indexOf(';') + 1).strip();
  }
}
