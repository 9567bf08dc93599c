package org.tagwarden.collector.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets that the database has to keep: AES-256-GCM under a key that is not in it. Each is
 * bound to the person whose it is, so that it opens in no other row. What is sealed says by which
 * key: one byte of format, eight of the key's fingerprint, twelve of nonce, then text and tag.
 */
public final class Seal {
  private static final String FILE = "second-factor-key";
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final byte FORMAT = 1;
  private static final int KEY_ID_BYTES = 8;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int HEAD = 1 + KEY_ID_BYTES;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKeySpec key;
  private final byte[] keyId;

  Seal(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
    this.keyId = Arrays.copyOf(sha256("tagwarden second-factor-key", key), KEY_ID_BYTES);
  }

  /** With the key beside the data, which is made at the first start. Blocks. */
  public static Seal of(Path dataDir) throws IOException {
    return new Seal(KeyFile.read(dataDir.resolve(FILE)));
  }

  /** The beginning of all that this key has sealed. */
  byte[] mark() {
    return ByteBuffer.allocate(HEAD).put(FORMAT).put(keyId).array();
  }

  byte[] seal(int personId, byte[] secret) {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      byte[] closed = cipher(Cipher.ENCRYPT_MODE, personId, nonce).doFinal(secret);
      return ByteBuffer.allocate(HEAD + NONCE_BYTES + closed.length)
          .put(mark())
          .put(nonce)
          .put(closed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has AES-GCM", e);
    }
  }

  /** What was sealed for this person; empty when by another key, for another one, or changed. */
  Optional<byte[]> open(int personId, byte[] sealed) {
    int shortest = HEAD + NONCE_BYTES + TAG_BITS / Byte.SIZE;
    if (sealed.length < shortest || !MessageDigest.isEqual(head(sealed), mark())) {
      return Optional.empty();
    }
    byte[] nonce = Arrays.copyOfRange(sealed, HEAD, HEAD + NONCE_BYTES);
    try {
      return Optional.of(
          cipher(Cipher.DECRYPT_MODE, personId, nonce)
              .doFinal(sealed, HEAD + NONCE_BYTES, sealed.length - HEAD - NONCE_BYTES));
    } catch (GeneralSecurityException e) {
      return Optional.empty(); // the tag does not fit: not what seal() made for this person
    }
  }

  private static byte[] head(byte[] sealed) {
    return Arrays.copyOf(sealed, HEAD);
  }

  private Cipher cipher(int mode, int personId, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(("second factor of person " + personId).getBytes(StandardCharsets.US_ASCII));
    return cipher;
  }

  private static byte[] sha256(String purpose, byte[] key) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(purpose.getBytes(StandardCharsets.US_ASCII));
      return sha256.digest(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
