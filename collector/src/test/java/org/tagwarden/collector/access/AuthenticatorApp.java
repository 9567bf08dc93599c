package org.tagwarden.collector.access;

import com.google.common.io.BaseEncoding;

/** What somebody's phone shows, for tests of other modules. TotpTest holds it against the RFC. */
public final class AuthenticatorApp {
  private final byte[] secret;

  /** With the text that the account page shows. */
  public AuthenticatorApp(String text) {
    this.secret = BaseEncoding.base32().decode(text);
  }

  /** The code of this half minute since 1970. */
  public String code(long step) {
    return Totp.code(secret, step);
  }
}
