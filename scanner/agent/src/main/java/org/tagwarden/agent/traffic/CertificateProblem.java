package org.tagwarden.agent.traffic;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Date;

/** Says in one sentence for people why a certificate does not verify. */
final class CertificateProblem {
  private CertificateProblem() {}

  static String sentence(X509Certificate leaf, String host, Throwable refusal) {
    for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException)
        return "The certificate of " + host + " expired on " + day(leaf.getNotAfter()) + ".";
      if (cause instanceof CertificateNotYetValidException)
        return "The certificate of "
            + host
            + " is not valid before "
            + day(leaf.getNotBefore())
            + ".";
      if (cause instanceof CertPathValidatorException path
          && path.getReason() == CertPathValidatorException.BasicReason.REVOKED)
        return "The certificate of " + host + " was revoked.";
    }
    String text = String.valueOf(refusal.getMessage());
    if (text.contains("No subject alternative") || text.contains("No name matching"))
      return "The certificate of "
          + host
          + " was issued for another name ("
          + leaf.getSubjectX500Principal().getName()
          + ").";
    if (leaf.getSubjectX500Principal().equals(leaf.getIssuerX500Principal()))
      return "The certificate of " + host + " is self-signed.";
    return "The certificate of "
        + host
        + " is not signed by a certificate authority that this scanner trusts ("
        + leaf.getIssuerX500Principal().getName()
        + ").";
  }

  private static String day(Date date) {
    return date.toInstant().toString().substring(0, 10);
  }
}
