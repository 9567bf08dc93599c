package org.tagwarden.collector.alerts.bounces;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.config.ConfigKey;
import org.tagwarden.collector.config.ConfigValues;

/**
 * Where mails come back to, and how they are read there.
 *
 * @param address the envelope sender; null: the mails' sender. A {@code *} in it stands for the
 *     message's number
 * @param host the mailbox's server; null: nobody reads what comes back
 * @param password the password, or a secret's reference
 */
public record BounceSettings(
    @Nullable String address,
    @Nullable String host,
    int port,
    Tls tls,
    String user,
    String password,
    String folder,
    int minutes) {
  /** How the connection to the mailbox is encrypted. */
  public enum Tls {
    /** From the first byte. */
    TLS,
    /** Asked for after connecting, and required. */
    STARTTLS,
    /** Not at all. */
    NONE
  }

  private static final String ADDRESS = "alerts.mail.bounce-address";
  private static final String HOST = "alerts.bounces.host";
  private static final String PORT = "alerts.bounces.port";
  private static final String TLS = "alerts.bounces.tls";
  private static final String USER = "alerts.bounces.user";
  private static final String PASSWORD = "alerts.bounces.password";
  private static final String FOLDER = "alerts.bounces.folder";
  private static final String MINUTES = "alerts.bounces.minutes";
  private static final Pattern ONE_ADDRESS = Pattern.compile("[^\\s@,;<>]+@[^\\s@,;<>*]+");

  /** Its settings; part of the server's. */
  public static final List<ConfigKey> KEYS =
      List.of(
          ConfigKey.of(
              ADDRESS,
              "",
              "Envelope sender, where mails come back to; * becomes the message's number."),
          ConfigKey.of(HOST, "", "IMAP server of the mailbox of mails that came back."),
          ConfigKey.of(PORT, "993", "Port of that server."),
          ConfigKey.of(TLS, "tls", "tls (from the first byte), starttls, or none."),
          ConfigKey.of(USER, "", "User of the mailbox."),
          ConfigKey.secret(PASSWORD, "Password of the mailbox, or secret:FILE."),
          ConfigKey.of(FOLDER, "INBOX", "Folder of the mailbox."),
          ConfigKey.of(MINUTES, "5", "So often it is read."));

  /** Of the values in force. */
  public static BounceSettings of(ConfigValues values) {
    String address = values.text(ADDRESS).orElse(null);
    if (address != null
        && (!ONE_ADDRESS.matcher(address).matches()
            || address.indexOf('*') != address.lastIndexOf('*'))) {
      throw values.bad(
          ADDRESS, "must be one address like bounces@example.org or bounces+*@example.org");
    }
    String host = values.text(HOST).orElse(null);
    return new BounceSettings(
        address,
        host,
        values.number(PORT, 1, 65_535),
        values.choice(TLS, Tls.class),
        host == null ? values.text(USER).orElse("") : values.required(USER),
        host == null ? values.text(PASSWORD).orElse("") : values.required(PASSWORD),
        values.required(FOLDER),
        values.number(MINUTES, 1, 1_440));
  }

  /** Without the password, for logs. */
  @Override
  public String toString() {
    return "BounceSettings["
        + address
        + ", "
        + host
        + ":"
        + port
        + ", "
        + tls
        + ", user "
        + user
        + ", folder "
        + folder
        + "]";
  }
}
