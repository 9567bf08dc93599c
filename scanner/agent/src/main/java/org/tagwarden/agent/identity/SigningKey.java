package org.tagwarden.agent.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.tagwarden.agent.ScannerUnfitException;

/**
 * An Ed25519 key pair, made on first use in the scanner's data folder and readable by its owner
 * alone. Its public half is what a site's firewall is given.
 */
public final class SigningKey {
  private static final int RAW_BYTES = 32;
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private final PrivateKey secret;
  private final PublicKey shown;

  private SigningKey(PrivateKey secret, PublicKey shown) {
    this.secret = secret;
    this.shown = shown;
  }

  /** The one in this folder, made when there is none. */
  public static SigningKey in(Path folder) {
    Path file = folder.resolve("signing-key");
    try {
      if (!Files.exists(file)) make(folder, file);
      return read(file);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new ScannerUnfitException(
          "The scanner's signing key cannot be read or made at "
              + file
              + ": "
              + e.getMessage()
              + ". Remove the file to have a new one made, then tell the sites that know the old.",
          e);
    }
  }

  /** The public key as a JSON Web Key (RFC 8037). */
  public String jwk() {
    return "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\""
        + BASE64URL.encodeToString(raw())
        + "\"}";
  }

  /** The key's name: the thumbprint of its JWK (RFC 7638). */
  public String keyId() {
    try {
      // The JWK above has the members of the thumbprint in their order, and no others.
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(jwk().getBytes(StandardCharsets.UTF_8));
      return BASE64URL.encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(secret);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK signs with Ed25519", e);
    }
  }

  /** The encoded key ends with the 32 bytes that are the key. */
  private byte[] raw() {
    byte[] encoded = shown.getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - RAW_BYTES, encoded.length);
  }

  private static void make(Path folder, Path file) throws IOException, GeneralSecurityException {
    Files.createDirectories(folder);
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    List<String> lines =
        List.of(
            Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()),
            Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
    // Complete before it has its name: another scanner may start in the same folder just now.
    Path fresh = Files.createTempFile(folder, "signing-key", ".new", ownerOnly(folder));
    try {
      Files.write(fresh, lines);
      Files.createLink(file, fresh);
    } catch (FileAlreadyExistsException e) {
      // The other one was first.
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path folder) throws IOException {
    if (!Files.getFileStore(folder).supportsFileAttributeView("posix"))
      return new FileAttribute<?>[0];
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    };
  }

  private static SigningKey read(Path file) throws IOException, GeneralSecurityException {
    List<String> lines = Files.readAllLines(file);
    if (lines.size() < 2) throw new IOException("it is cut short");
    KeyFactory keys = KeyFactory.getInstance("Ed25519");
    return new SigningKey(
        keys.generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(lines.get(0)))),
        keys.generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(lines.get(1)))));
  }
}
