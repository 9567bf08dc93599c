package org.tagwarden.agent.traffic;

import com.browserup.bup.mitm.CertificateAndKey;
import com.browserup.bup.mitm.CertificateInfo;
import com.browserup.bup.mitm.RootCertificateGenerator;
import com.browserup.bup.mitm.keys.ECKeyGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import org.tagwarden.agent.ScannerUnfitException;

/**
 * The CA that signs what the proxy shows to the browser: made once per installation, its key
 * readable by the owner alone, trusted by nobody but the scanning browser.
 */
public final class CertificateAuthority {
  private static final String CERTIFICATE = "ca.pem";
  private static final String KEY = "ca-key.pem";
  private static final Duration RENEW_BEFORE = Duration.ofDays(30);

  private final X509Certificate certificate;
  private final PrivateKey key;

  private CertificateAuthority(X509Certificate certificate, PrivateKey key) {
    this.certificate = certificate;
    this.key = key;
  }

  /** Reads the CA of this folder, or makes one if there is none or it is about to expire. */
  public static CertificateAuthority in(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      if (Files.exists(folder.resolve(KEY)) && Files.exists(folder.resolve(CERTIFICATE))) {
        CertificateAuthority stored = read(folder);
        if (stored.certificate.getNotAfter().toInstant().isAfter(Instant.now().plus(RENEW_BEFORE)))
          return stored;
      }
      return create(folder);
    } catch (IOException | GeneralSecurityException e) {
      throw new ScannerUnfitException(
          "The proxy's CA in "
              + folder
              + " cannot be read or written ("
              + e
              + "). Give the scanner a data folder of its own, or delete "
              + CERTIFICATE
              + " and "
              + KEY
              + " there: new ones are made.",
          e);
    }
  }

  /** What Chromium's {@code --ignore-certificate-errors-spki-list} wants. */
  public String spkiSha256() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(certificate.getPublicKey().getEncoded());
      return Base64.getEncoder().encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK has no SHA-256", e);
    }
  }

  /** The certificate, for a client of the proxy other than the browser. */
  public X509Certificate certificate() {
    return certificate;
  }

  PrivateKey key() {
    return key;
  }

  private static CertificateAuthority read(Path folder)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(folder.resolve(CERTIFICATE))) {
      X509Certificate certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      String pem = Files.readString(folder.resolve(KEY));
      byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]+-----", ""));
      PrivateKey key =
          KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(der));
      return new CertificateAuthority(certificate, key);
    }
  }

  private static CertificateAuthority create(Path folder)
      throws IOException, GeneralSecurityException {
    Instant now = Instant.now();
    CertificateAndKey made =
        RootCertificateGenerator.builder()
            .keyGenerator(new ECKeyGenerator())
            .certificateInfo(
                new CertificateInfo()
                    .commonName("Tagwarden scanner of this machine")
                    .organization("Tagwarden")
                    .notBefore(now.minus(Duration.ofDays(2)))
                    .notAfter(now.plus(Duration.ofDays(825))))
            .build()
            .load();
    writeKey(folder, pem("PRIVATE KEY", made.getPrivateKey().getEncoded()));
    Files.writeString(
        folder.resolve(CERTIFICATE), pem("CERTIFICATE", made.getCertificate().getEncoded()));
    return read(folder);
  }

  /** Written under a name of its own with its permissions from the start, then moved into place. */
  private static void writeKey(Path folder, String pem) throws IOException {
    Path fresh = folder.resolve(KEY + ".new");
    Files.deleteIfExists(fresh);
    Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rw-------");
    FileAttribute<?> attribute = PosixFilePermissions.asFileAttribute(owner);
    try {
      Files.createFile(fresh, attribute);
    } catch (FileAlreadyExistsException e) {
      throw new IOException("Another scanner is making a CA in the same folder", e);
    }
    Files.writeString(fresh, pem);
    Files.move(fresh, folder.resolve(KEY), StandardCopyOption.REPLACE_EXISTING);
  }

  private static String pem(String type, byte[] der) {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
  }
}
