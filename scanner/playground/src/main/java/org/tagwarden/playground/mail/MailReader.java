package org.tagwarden.playground.mail;

import jakarta.mail.Address;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what SMTP delivered. A mail to several people arrives once for each and is shown once. */
final class MailReader {
  private MailReader() {}

  static List<CaughtMail> read(MimeMessage[] messages) {
    Map<String, CaughtMail> byId = new LinkedHashMap<>();
    for (int i = 0; i < messages.length; i++) {
      CaughtMail mail = read(messages[i], "mail-" + (i + 1));
      byId.putIfAbsent(mail.id(), mail);
    }
    return List.copyOf(byId.values());
  }

  private static CaughtMail read(MimeMessage message, String place) {
    try {
      String id = message.getMessageID();
      String subject = message.getSubject();
      var received = message.getReceivedDate();
      return new CaughtMail(
          id == null ? place : id.replaceAll("[<>/?#\\s]", ""),
          received == null ? Instant.EPOCH : received.toInstant(),
          String.join(", ", addresses(message.getFrom())),
          addresses(message.getAllRecipients()),
          subject == null ? "(no subject)" : subject,
          part(message, "text/plain"),
          part(message, "text/html"));
    } catch (MessagingException | IOException e) {
      // A mail nobody can read is a mail all the same, and its reader wants to know why.
      return new CaughtMail(
          place, Instant.EPOCH, "", List.of(), "(unreadable mail)", String.valueOf(e), "");
    }
  }

  /** The first part of that type, depth first; attachments don't count. */
  private static String part(Part part, String type) throws MessagingException, IOException {
    if (part.isMimeType(type) && !Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition())) {
      return String.valueOf(part.getContent());
    }
    if (part.getContent() instanceof Multipart parts) {
      for (int i = 0; i < parts.getCount(); i++) {
        BodyPart inner = parts.getBodyPart(i);
        String found = part(inner, type);
        if (!found.isEmpty()) return found;
      }
    }
    return "";
  }

  private static List<String> addresses(Address @Nullable [] addresses) {
    Collection<String> names = new ArrayList<>();
    if (addresses != null) {
      for (Address address : addresses) {
        names.add(
            address instanceof InternetAddress internet
                ? internet.toUnicodeString()
                : address.toString());
      }
    }
    return List.copyOf(names);
  }
}
