package org.tagwarden.collector.access;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * The Ed25519 key that signs evidence packs and the audit log. Its file lies beside the data, for
 * its owner alone; every server of one Tagwarden needs the same one.
 */
public final class SigningKey {
  public static final String ALGORITHM = "Ed25519";

  /** Packs came first. */
  private static final String FILE = "evidence-key";

  private static final String PRIVATE = "PRIVATE KEY";
  private static final String PUBLIC = "PUBLIC KEY";

  private final PrivateKey secret;
  private final PublicKey known;

  private SigningKey(PrivateKey secret, PublicKey known) {
    this.secret = secret;
    this.known = known;
  }

  /** Where an installation has its key. */
  public static Path fileIn(Path dataDir) {
    return dataDir.resolve(FILE);
  }

  /** The key in this file, made at the first call and kept. Blocks. */
  public static SigningKey in(Path file) throws IOException {
    try {
      if (!Files.exists(file)) make(file);
      String text = Files.readString(file);
      KeyFactory keys = KeyFactory.getInstance(ALGORITHM);
      return new SigningKey(
          keys.generatePrivate(new PKCS8EncodedKeySpec(bytes(PRIVATE, text))), publicKey(text));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(
          file
              + " holds no Ed25519 key in PEM, private and public. Put the right file back; without"
              + " it the next packs are signed by a new key.",
          e);
    }
  }

  private static void make(Path file) throws IOException, GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
    String text =
        pem(PRIVATE, pair.getPrivate().getEncoded()) + pem(PUBLIC, pair.getPublic().getEncoded());
    Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
    Path fresh =
        Files.createTempFile(
            folder,
            "key",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, text);
    try {
      Files.createLink(file, fresh); // of two servers that start at once one's key holds
    } catch (FileAlreadyExistsException e) {
      // the other one was first: its key is read
    }
    Files.delete(fresh);
  }

  /** The signature of these bytes. */
  public byte[] sign(byte[] text) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(secret);
      signature.update(text);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The text could not be signed", e);
    }
  }

  /** The public key, as it lies in every pack. */
  public String publicPem() {
    return pem(PUBLIC, known.getEncoded());
  }

  /** The SHA-256 of the public key, in hex: what is kept outside, to know the key again. */
  public String fingerprint() {
    return fingerprint(known);
  }

  /** Likewise, of any such key. */
  public static String fingerprint(PublicKey key) {
    return Hashing.sha256().hashBytes(key.getEncoded()).toString();
  }

  /** The public key as X.509 has it, in Base64: a line. */
  String publicLine() {
    return Base64.getEncoder().encodeToString(known.getEncoded());
  }

  /** Throws when the line holds none. */
  static PublicKey ofLine(String base64) throws GeneralSecurityException {
    PublicKey key =
        KeyFactory.getInstance(ALGORITHM)
            .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
    if (!Base64.getEncoder().encodeToString(key.getEncoded()).equals(base64)) {
      throw new IllegalArgumentException(
          "Not as it is written"); // more than the key, or other bits
    }
    return key;
  }

  /** Throws when the text holds no public key. */
  public static PublicKey publicKey(String pem) throws GeneralSecurityException {
    return KeyFactory.getInstance(ALGORITHM)
        .generatePublic(new X509EncodedKeySpec(bytes(PUBLIC, pem)));
  }

  /** Whether the key has made this signature of that text. */
  public static boolean signed(PublicKey key, byte[] text, byte[] signature) {
    try {
      Signature check = Signature.getInstance(ALGORITHM);
      check.initVerify(key);
      check.update(text);
      return check.verify(signature);
    } catch (GeneralSecurityException e) { // a signature of the wrong length, too
      return false;
    }
  }

  private static String pem(String kind, byte[] bytes) {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(bytes);
    return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
  }

  private static byte[] bytes(String kind, String text) {
    String before = "-----BEGIN " + kind + "-----";
    int start = text.indexOf(before);
    int end = text.indexOf("-----END " + kind + "-----");
    if (start < 0 || end < start) throw new IllegalArgumentException("No " + kind);
    String body = text.substring(start + before.length(), end);
    return Base64.getDecoder().decode(body.replaceAll("\\s", ""));
  }
}
