package org.tagwarden.agent.traffic;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.ScannerUnfitException;
import org.tagwarden.report.Tls;

/**
 * Verifies upstream certificates against the JDK's trust store and one further file of CAs, and
 * writes down what it found, whether the certificate is accepted or not.
 */
final class UpstreamTrust {
  private static final int SESSION_SECONDS = 3_600;

  private final X509ExtendedTrustManager verifier;
  private final Policy strict;
  private final Policy lenient;

  UpstreamTrust(@Nullable Path caCertificate) {
    this.verifier = verifier(caCertificate);
    this.strict = newPolicy(false);
    this.lenient = newPolicy(true);
  }

  /**
   * What was found out about servers' certificates. Kept beside the TLS sessions: a session that is
   * resumed verifies nothing again, and what was found still holds.
   */
  static final class Verdicts {
    private final Map<String, Tls> byServer = new ConcurrentHashMap<>();

    void put(String host, int port, Tls facts) {
      byServer.put(key(host, port), facts);
    }

    @Nullable Tls of(String host, int port) {
      return byServer.get(key(host, port));
    }

    private static String key(String host, int port) {
      return host.toLowerCase(Locale.ROOT) + ':' + port;
    }
  }

  /** A way to accept certificates, shared by all visits that have the same. */
  record Policy(SSLContext context, Verdicts verdicts) {}

  Policy policy(boolean insecure) {
    return insecure ? lenient : strict;
  }

  /**
   * One context for many visits: handshakes are most of the proxy's CPU, resumed ones cost half.
   */
  private Policy newPolicy(boolean insecure) {
    try {
      Verdicts verdicts = new Verdicts();
      SSLContext context = TlsEngines.newContext();
      context.init(null, new TrustManager[] {new Recording(verdicts, insecure)}, null);
      context.getClientSessionContext().setSessionTimeout(SESSION_SECONDS);
      return new Policy(context, verdicts);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK has no TLS", e);
    }
  }

  /** An engine for a connection to {@code host}, with its name sent and checked. */
  static SSLEngine engine(SSLContext context, String host, int port) {
    SSLEngine engine = context.createSSLEngine(host, port);
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    engine.setSSLParameters(parameters);
    return engine;
  }

  static Tls facts(
      X509Certificate leaf, String version, @Nullable String cipher, @Nullable String problem) {
    return new Tls(
        version,
        cipher,
        leaf.getIssuerX500Principal().getName(),
        leaf.getSubjectX500Principal().getName(),
        leaf.getNotBefore().toInstant(),
        leaf.getNotAfter().toInstant(),
        problem == null,
        problem);
  }

  /** The name that the JDK's verifier knows for a key exchange that TLS 1.3 leaves open. */
  private static String jdkName(String authType) {
    return authType.equals("GENERIC") ? "UNKNOWN" : authType;
  }

  private static X509ExtendedTrustManager verifier(@Nullable Path caCertificate) {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(caCertificate == null ? null : withCas(caCertificate));
      for (TrustManager manager : factory.getTrustManagers())
        if (manager instanceof X509ExtendedTrustManager extended) return extended;
      throw new IllegalStateException("This JDK has no trust manager for X.509");
    } catch (GeneralSecurityException e) {
      throw new ScannerUnfitException("The JDK's trust store cannot be read: " + e.getMessage(), e);
    }
  }

  /** The JDK's CAs and those of the file. */
  private static KeyStore withCas(Path file) throws GeneralSecurityException {
    TrustManagerFactory jdk =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    jdk.init((KeyStore) null);
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int n = 0;
      for (TrustManager manager : jdk.getTrustManagers())
        if (manager instanceof X509ExtendedTrustManager extended)
          for (X509Certificate issuer : extended.getAcceptedIssuers())
            store.setCertificateEntry("jdk-" + n++, issuer);
      for (Certificate ca : CertificateFactory.getInstance("X.509").generateCertificates(in))
        store.setCertificateEntry("file-" + n++, ca);
      return store;
    } catch (IOException | CertificateException e) {
      throw new ScannerUnfitException(
          "The CA file " + file + " cannot be read as PEM certificates: " + e.getMessage(), e);
    }
  }

  /** Asks the verifier, notes its answer, and then decides by the visit's rules. */
  private final class Recording extends X509ExtendedTrustManager {
    private final Verdicts verdicts;
    private final boolean insecure;

    Recording(Verdicts verdicts, boolean insecure) {
      this.verdicts = verdicts;
      this.insecure = insecure;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      String problem = null;
      CertificateException refusal = null;
      try {
        verifier.checkServerTrusted(chain, jdkName(authType), engine);
      } catch (CertificateException e) {
        refusal = e;
        problem = CertificateProblem.sentence(chain[0], engine.getPeerHost(), e);
      }
      SSLSession session = engine.getHandshakeSession();
      String version = session == null ? "TLS" : session.getProtocol();
      String cipher = session == null ? null : session.getCipherSuite();
      verdicts.put(
          engine.getPeerHost(), engine.getPeerPort(), facts(chain[0], version, cipher, problem));
      if (refusal != null && !insecure) throw refusal;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      verifier.checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      verifier.checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      throw new CertificateException("The proxy is no server that asks for certificates");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("The proxy is no server that asks for certificates");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      throw new CertificateException("The proxy is no server that asks for certificates");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return verifier.getAcceptedIssuers();
    }
  }
}
