package org.tagwarden.collector.alerts.bounces;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.search.FlagTerm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.alerts.Secrets;

/**
 * The mailbox to which mails come back, read by IMAP. Nothing is deleted: what was dealt with is
 * marked as seen, and only what is not is read. Blocks; call it on a worker, one call at a time.
 */
final class BounceMailbox {
  /** So many mails are read at a time. */
  static final int MOST = 100;

  /** A report quotes our mail at most; what is larger is something else. */
  private static final int LARGEST = 2_000_000;

  private final BounceSettings settings;
  private final Secrets secrets;
  private final Duration patience;

  /**
   * @param patience how long the server may be silent
   */
  BounceMailbox(BounceSettings settings, Secrets secrets, Duration patience) {
    this.settings = settings;
    this.secrets = secrets;
    this.patience = patience;
  }

  /**
   * A mail that nobody dealt with.
   *
   * @param uid names it within the folder
   * @param report nothing when it is no report about a delivery
   */
  record Unseen(long uid, Optional<DeliveryReport> report) {}

  /**
   * What was read.
   *
   * @param validity of the uids: with another one they name other mails
   * @param problem why it is not all; null when it is
   */
  record Batch(long validity, List<Unseen> mails, @Nullable String problem) {
    Batch {
      mails = List.copyOf(mails);
    }
  }

  /** The oldest mails that are not seen; a server that fails on the way costs the rest only. */
  Batch read() {
    List<Unseen> mails = new ArrayList<>();
    long validity = 0;
    try (Store store = connect()) {
      try (Folder folder = store.getFolder(settings.folder())) {
        folder.open(Folder.READ_ONLY);
        UIDFolder uids = (UIDFolder) folder;
        validity = uids.getUIDValidity();
        Message[] unseen = folder.search(new FlagTerm(new Flags(Flags.Flag.SEEN), false));
        Message[] some = Arrays.copyOf(unseen, Math.min(MOST, unseen.length));
        FetchProfile profile = new FetchProfile();
        profile.add(UIDFolder.FetchProfileItem.UID);
        profile.add(FetchProfile.Item.SIZE);
        folder.fetch(some, profile);
        for (Message mail : some) mails.add(new Unseen(uids.getUID(mail), report(mail)));
      }
    } catch (MessagingException | IOException | RuntimeException e) {
      return new Batch(validity, mails, said(e));
    }
    return new Batch(validity, mails, null);
  }

  /** Marks what was dealt with; answers what went wrong, null when nothing did. */
  @Nullable String markSeen(long validity, List<Long> uids) {
    try (Store store = connect()) {
      Folder folder = store.getFolder(settings.folder());
      folder.open(Folder.READ_WRITE);
      UIDFolder known = (UIDFolder) folder;
      if (known.getUIDValidity() != validity) return null; // made anew: they are read again
      long[] all = uids.stream().mapToLong(Long::longValue).toArray();
      List<Message> there = new ArrayList<>();
      for (Message mail : known.getMessagesByUID(all)) if (mail != null) there.add(mail);
      folder.setFlags(there.toArray(Message[]::new), new Flags(Flags.Flag.SEEN), true);
      folder.close(false); // what somebody else has marked as deleted stays there
    } catch (MessagingException | RuntimeException e) {
      return said(e);
    }
    return null;
  }

  /** Fetched whole and read here: what the server makes of its parts does not matter. */
  private Optional<DeliveryReport> report(Message mail) throws MessagingException, IOException {
    if (mail.getSize() > LARGEST) return Optional.empty();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    mail.writeTo(bytes);
    MimeMessage whole =
        new MimeMessage(
            Session.getInstance(new Properties()), new ByteArrayInputStream(bytes.toByteArray()));
    return DeliveryReport.of(whole);
  }

  private Store connect() throws MessagingException {
    String protocol = settings.tls() == BounceSettings.Tls.TLS ? "imaps" : "imap";
    String its = "mail." + protocol + ".";
    String millis = String.valueOf(patience.toMillis());
    Properties properties = new Properties();
    properties.put(its + "connectiontimeout", millis);
    properties.put(its + "timeout", millis);
    properties.put(its + "writetimeout", millis);
    properties.put(its + "peek", "true"); // reading marks nothing as seen
    properties.put(its + "ssl.checkserveridentity", "true");
    if (settings.tls() == BounceSettings.Tls.STARTTLS) {
      properties.put(its + "starttls.enable", "true");
      properties.put(its + "starttls.required", "true");
    }
    Store store = Session.getInstance(properties).getStore(protocol);
    store.connect(
        settings.host(), settings.port(), settings.user(), secrets.resolve(settings.password()));
    return store;
  }

  /** Without what the library puts around it. */
  private static String plain(String message) {
    return message
        .replaceAll("\\p{Cntrl}+\\s*", " ")
        .replaceFirst("^\\* BYE Jakarta Mail Exception: ", "")
        .replaceAll("\\b[a-z]+\\.[A-Za-z.]*Exception: ", "")
        .replaceFirst("[?.]+$", "");
  }

  private String said(Exception failure) {
    String mailbox =
        "The mailbox of mails that came back ("
            + settings.user()
            + " at "
            + settings.host()
            + ":"
            + settings.port()
            + ")";
    if (failure instanceof AuthenticationFailedException)
      return mailbox
          + " lets nobody in: check alerts.bounces.user and alerts.bounces.password in the server's"
          + " settings.";
    if (failure instanceof FolderNotFoundException)
      return mailbox
          + " has no folder \""
          + settings.folder()
          + "\": check alerts.bounces.folder in the server's settings.";
    return mailbox
        + " could not be read: "
        + plain(String.valueOf(failure.getMessage()))
        + ". Check alerts.bounces.host, alerts.bounces.port and alerts.bounces.tls in the server's"
        + " settings.";
  }
}
