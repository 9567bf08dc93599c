package org.tagwarden.dashboard.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The secret that proves that a form came from our own page. Each page carries it under a fresh
 * mask, so that compressed pages do not give it away by their length (BREACH).
 */
public final class Csrf {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Csrf() {}

  /** A new secret, for forms of people who are not signed in yet. */
  public static String fresh() {
    byte[] bytes = new byte[24];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The secret as a form carries it. */
  static String mask(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    byte[] pad = new byte[bytes.length];
    RANDOM.nextBytes(pad);
    byte[] masked = new byte[bytes.length * 2];
    for (int i = 0; i < bytes.length; i++) {
      masked[i] = pad[i];
      masked[bytes.length + i] = (byte) (pad[i] ^ bytes[i]);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(masked);
  }

  /** Whether what a form sent is the secret under some mask. */
  static boolean matches(String sent, String secret) {
    byte[] masked;
    try {
      masked = Base64.getUrlDecoder().decode(sent);
    } catch (IllegalArgumentException e) {
      return false; // not what mask() makes
    }
    int half = masked.length / 2;
    byte[] bytes = new byte[half];
    for (int i = 0; i < half; i++) bytes[i] = (byte) (masked[i] ^ masked[half + i]);
    return half > 0 && MessageDigest.isEqual(bytes, secret.getBytes(StandardCharsets.UTF_8));
  }
}
