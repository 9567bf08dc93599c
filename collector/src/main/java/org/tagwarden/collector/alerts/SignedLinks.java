package org.tagwarden.collector.alerts;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Links in mails that somebody without a session may use. The link itself says what it is for and
 * until when, and carries an HMAC: nobody can make one up, and no table grows. Opening one changes
 * nothing (mail filters open links too); the page behind it asks first.
 */
public final class SignedLinks {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SIGNATURE_BYTES = 16;

  /** What a link is for. */
  public enum Purpose {
    /** Somebody takes care of the findings of an alert. */
    ACKNOWLEDGE,
    /** The recipient of an alert wants no more of its site. */
    UNSUBSCRIBE,
    /** An owner says whether a tag or site is still theirs and still needed. */
    REVIEW
  }

  /** What a genuine link says. */
  public record Opened(Purpose purpose, long id) {}

  private final byte[] key;
  private final String publicUrl;
  private final Clock clock;

  /**
   * @param publicUrl where the links lead, without a slash at the end
   */
  public SignedLinks(byte[] key, String publicUrl, Clock clock) {
    this.key = key.clone();
    this.publicUrl = publicUrl;
    this.clock = clock;
  }

  public String publicUrl() {
    return publicUrl;
  }

  /** A link that works so long. */
  public String link(Purpose purpose, long id, Duration life) {
    long until = clock.instant().plus(life).getEpochSecond();
    String said = purpose.name().charAt(0) + "." + id + "." + until;
    return publicUrl + "/act/" + said + "." + signature(said);
  }

  /** What the last part of a link's path says; nothing when it is not ours or too old. */
  public Optional<Opened> open(String token) {
    int end = token.lastIndexOf('.');
    if (end < 0) return Optional.empty();
    String said = token.substring(0, end);
    byte[] given = token.substring(end + 1).getBytes(StandardCharsets.UTF_8);
    byte[] right = signature(said).getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(given, right)) return Optional.empty();
    String[] parts = said.split("\\.");
    if (Instant.ofEpochSecond(Long.parseLong(parts[2])).isBefore(clock.instant()))
      return Optional.empty();
    for (Purpose purpose : Purpose.values()) {
      if (parts[0].charAt(0) == purpose.name().charAt(0))
        return Optional.of(new Opened(purpose, Long.parseLong(parts[1])));
    }
    return Optional.empty();
  }

  private String signature(String said) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      byte[] whole = mac.doFinal(said.getBytes(StandardCharsets.UTF_8));
      byte[] half = java.util.Arrays.copyOf(whole, SIGNATURE_BYTES);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(half);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + ALGORITHM, e);
    }
  }
}
