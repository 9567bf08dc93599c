package org.tagwarden.playground.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Made anew at every start, so that its key is never written anywhere. Signs one certificate a
 * host, in one key store from which the server picks by SNI.
 */
public final class CertificateAuthority {
  private static final X500Name NAME = new X500Name("CN=Tagwarden playground CA,O=Tagwarden");

  private final Instant now;
  private final SecureRandom random = new SecureRandom();
  private final KeyPair caKey;
  private final KeyPair hostKey;
  private final X509Certificate caCertificate;
  private final KeyStore store;
  private final char[] password;

  public CertificateAuthority(Instant now) {
    this.now = now;
    this.password = new BigInteger(130, random).toString(36).toCharArray();
    try {
      caKey = keyPair();
      hostKey = keyPair();
      caCertificate = sign(NAME, caKey, null, now.minus(Duration.ofDays(1)), now.plus(days(365)));
      store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("cannot make the playground's certificate authority", e);
    }
  }

  /** Certificates that are valid for 90 days. */
  public void certify(Collection<String> hosts) {
    for (String host : hosts) certify(host, now.minus(days(1)), now.plus(days(90)));
  }

  /** One certificate with a validity of its own; it replaces an earlier one of that host. */
  public void certify(String host, Instant from, Instant until) {
    try {
      X509Certificate certificate =
          sign(new X500Name("CN=" + commonName(host)), hostKey, host, from, until);
      store.setKeyEntry(
          host, hostKey.getPrivate(), password, new Certificate[] {certificate, caCertificate});
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("cannot make a certificate for " + host, e);
    }
  }

  /** The key store of all hosts as PKCS#12. */
  public byte[] keyStore() {
    var out = new ByteArrayOutputStream();
    try {
      store.store(out, password);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("cannot write the playground's key store", e);
    }
    return out.toByteArray();
  }

  /** The password of {@link #keyStore()}, random and of this process only. */
  public String password() {
    return new String(password);
  }

  /** Writes the authority's certificate for those who shall trust it. */
  public void writeCertificate(Path pem) throws IOException {
    try {
      var encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
      Files.createDirectories(pem.toAbsolutePath().getParent());
      Files.writeString(
          pem,
          "-----BEGIN CERTIFICATE-----\n"
              + encoder.encodeToString(caCertificate.getEncoded())
              + "\n-----END CERTIFICATE-----\n");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot encode the playground's certificate", e);
    }
  }

  private X509Certificate sign(
      X500Name subject, KeyPair key, @Nullable String host, Instant from, Instant until)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    var builder =
        new JcaX509v3CertificateBuilder(
            NAME,
            new BigInteger(120, random).add(BigInteger.ONE),
            Date.from(from),
            Date.from(until),
            subject,
            key.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(host == null));
    if (host == null) {
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    } else {
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
      builder.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    }
    var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(caKey.getPrivate());
    return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
  }

  private static KeyPair keyPair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  /** A common name has at most 64 characters; the real name is in the alternative names. */
  private static String commonName(String host) {
    return host.length() <= 64 ? host : host.substring(host.length() - 64);
  }

  private static Duration days(int days) {
    return Duration.ofDays(days);
  }
}
