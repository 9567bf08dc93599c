package org.tagwarden.agent.traffic;

import java.security.GeneralSecurityException;
import java.security.Provider;
import javax.net.ssl.SSLContext;
import org.conscrypt.Conscrypt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where TLS comes from: native code (BoringSSL by Conscrypt), since handshakes are most of what the
 * proxy computes; the JDK's own on machines that Conscrypt has no library for.
 */
final class TlsEngines {
  private static final Logger LOG = LoggerFactory.getLogger(TlsEngines.class);
  private static final @Nullable Provider NATIVE = load();

  private TlsEngines() {}

  static SSLContext newContext() throws GeneralSecurityException {
    return NATIVE == null ? SSLContext.getInstance("TLS") : SSLContext.getInstance("TLS", NATIVE);
  }

  private static @Nullable Provider load() {
    try {
      return Conscrypt.newProviderBuilder().provideTrustManager(false).build();
    } catch (LinkageError e) {
      LOG.info(
          "No native TLS for this machine ({}); using the JDK's, which costs more", e.toString());
      return null;
    }
  }
}
