package org.tagwarden.collector.access;

import com.google.common.io.BaseEncoding;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Codes that change every half minute (RFC 6238: HMAC-SHA-1, six digits, 30 seconds, as every
 * authenticator app has it).
 */
final class Totp {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SECRET_BYTES = 20;
  private static final int STEP_SECONDS = 30;
  private static final int CODES = 1_000_000;

  private Totp() {}

  static byte[] newSecret() {
    byte[] secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    return secret;
  }

  /** As people type it into an app. */
  static String text(byte[] secret) {
    return BaseEncoding.base32().omitPadding().encode(secret);
  }

  /** As an app reads it from a link or picture. */
  static String uri(String account, byte[] secret) {
    String name = URLEncoder.encode(account, StandardCharsets.UTF_8).replace("+", "%20");
    return "otpauth://totp/Tagwarden:" + name + "?secret=" + text(secret) + "&issuer=Tagwarden";
  }

  /** Which half minute it is. */
  static long step(Instant now) {
    return Math.floorDiv(now.getEpochSecond(), (long) STEP_SECONDS);
  }

  static String code(byte[] secret, long step) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret, "HmacSHA1"));
      byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
      int offset = hash[hash.length - 1] & 0x0f;
      int number = ByteBuffer.wrap(hash).getInt(offset) & 0x7fff_ffff;
      return String.format(Locale.ROOT, "%06d", number % CODES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HMAC-SHA-1", e);
    }
  }

  /**
   * The half minute to which the code belongs: now, or the one before or after, for clocks that are
   * a little off. None that was used already, or is older than one that was: no code works twice.
   */
  static OptionalLong matching(byte[] secret, String code, Instant now, long lastUsed) {
    for (long step = step(now) - 1; step <= step(now) + 1; step++) {
      boolean same =
          MessageDigest.isEqual(
              code(secret, step).getBytes(StandardCharsets.US_ASCII),
              code.getBytes(StandardCharsets.UTF_8));
      if (same && step > lastUsed) return OptionalLong.of(step);
    }
    return OptionalLong.empty();
  }
}
