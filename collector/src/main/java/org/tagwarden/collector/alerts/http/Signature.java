package org.tagwarden.collector.alerts.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a receiver knows that a message is ours, unchanged and new: as the Standard Webhooks
 * specification has it, so that its libraries verify it. docs/operations.md shows how. Pure.
 */
public final class Signature {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String ENCODED_KEY = "whsec_";

  private Signature() {}

  /**
   * The value of the header {@code webhook-signature}.
   *
   * @param secret the key's text, or, after {@code whsec_}, its Base64
   */
  public static String of(String secret, String id, long timestamp, String body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key(secret), ALGORITHM));
      String signed = id + "." + timestamp + "." + body;
      byte[] hash = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + ALGORITHM, e);
    }
  }

  private static byte[] key(String secret) {
    return secret.startsWith(ENCODED_KEY)
        ? Base64.getDecoder().decode(secret.substring(ENCODED_KEY.length()))
        : secret.getBytes(StandardCharsets.UTF_8);
  }
}
