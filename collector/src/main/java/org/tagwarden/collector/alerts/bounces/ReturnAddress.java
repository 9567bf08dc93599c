package org.tagwarden.collector.alerts.bounces;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The envelope sender of our mails. With a {@code *} in the setting each message has one of its
 * own, which names the message and is signed: a mail that comes back there is about that message,
 * also when it quotes nothing of it. Pure.
 */
public final class ReturnAddress {
  private static final String ALGORITHM = "HmacSHA256";

  /** An address's first part is 64 characters at most, so that the signature is short. */
  private static final int SIGNATURE_LENGTH = 16;

  private final byte[] key;
  private final @Nullable String template;
  private final @Nullable Pattern pattern;

  /**
   * @param template the setting; null for none
   */
  public ReturnAddress(byte[] key, @Nullable String template) {
    this.key = key.clone();
    this.template = template;
    int star = template == null ? -1 : template.indexOf('*');
    this.pattern =
        template == null || star < 0
            ? null
            : Pattern.compile(
                Pattern.quote(template.substring(0, star))
                    + "(\\d{1,18})-([0-9a-f]{"
                    + SIGNATURE_LENGTH
                    + "})"
                    + Pattern.quote(template.substring(star + 1)),
                Pattern.CASE_INSENSITIVE);
  }

  /** Of a message; null: the mail's sender is good for it. */
  public @Nullable String of(long alertId) {
    return template == null ? null : template.replace("*", alertId + "-" + signature(alertId));
  }

  /** The message that an address in this text names; nothing when there is none of ours. */
  public OptionalLong find(String text) {
    if (pattern == null) return OptionalLong.empty();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      long id = Long.parseLong(matcher.group(1));
      byte[] given = matcher.group(2).toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
      if (MessageDigest.isEqual(given, signature(id).getBytes(StandardCharsets.UTF_8)))
        return OptionalLong.of(id);
    }
    return OptionalLong.empty();
  }

  private String signature(long alertId) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      byte[] whole = mac.doFinal(("returns." + alertId).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(whole).substring(0, SIGNATURE_LENGTH);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + ALGORITHM, e);
    }
  }
}
