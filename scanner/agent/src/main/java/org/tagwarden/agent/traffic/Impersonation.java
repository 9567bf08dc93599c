package org.tagwarden.agent.traffic;

import com.browserup.bup.mitm.CertificateAndKey;
import com.browserup.bup.mitm.HostnameCertificateInfoGenerator;
import com.browserup.bup.mitm.keys.ECKeyGenerator;
import com.browserup.bup.mitm.tools.DefaultSecurityProviderTool;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.util.concurrent.UncheckedExecutionException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;

/**
 * The servers' side of TLS towards the browser: a certificate for each host, made when it is first
 * asked for and signed by our CA. All have one key, which never leaves this process.
 */
final class Impersonation {
  private static final int MOST_HOSTS = 10_000;
  private static final Duration KEPT = Duration.ofHours(12);
  private static final String DIGEST = "SHA256";
  private static final char[] NO_SECRET = new char[0];

  private final CertificateAuthority authority;
  private final KeyPair key = new ECKeyGenerator().generate();
  private final DefaultSecurityProviderTool certificates = new DefaultSecurityProviderTool();
  private final Cache<String, SSLContext> byHost =
      CacheBuilder.newBuilder().maximumSize(MOST_HOSTS).expireAfterWrite(KEPT).build();

  Impersonation(CertificateAuthority authority) {
    this.authority = authority;
  }

  /** An engine that says to be {@code host}, as the server behind it did. */
  SSLEngine engine(String host, SSLSession upstream) {
    try {
      SSLEngine engine = byHost.get(host, () -> context(host, upstream)).createSSLEngine();
      engine.setUseClientMode(false);
      return engine;
    } catch (ExecutionException | UncheckedExecutionException e) {
      throw new IllegalStateException("No certificate could be made for " + host, e.getCause());
    }
  }

  private SSLContext context(String host, SSLSession upstream)
      throws GeneralSecurityException, IOException {
    X509Certificate theirs = (X509Certificate) upstream.getPeerCertificates()[0];
    CertificateAndKey made =
        certificates.createServerCertificate(
            new HostnameCertificateInfoGenerator().generate(List.of(host), theirs),
            authority.certificate(),
            authority.key(),
            key,
            DIGEST);
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "server",
        made.getPrivateKey(),
        NO_SECRET,
        new Certificate[] {made.getCertificate(), authority.certificate()});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, NO_SECRET);
    SSLContext context = TlsEngines.newContext();
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }
}
