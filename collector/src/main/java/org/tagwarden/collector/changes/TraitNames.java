package org.tagwarden.collector.changes;

import java.util.regex.Pattern;
import org.tagwarden.collector.checks.ScriptSubject;
import org.tagwarden.collector.vendors.Hosts;
import org.tagwarden.report.CapturedRequest;

/** Stable names of what visits show. */
final class TraitNames {
  static final String PAYMENT_FIELDS = "payment fields";
  static final String SIGN_IN_FIELDS = "sign-in fields";

  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");
  private static final Pattern PAYMENT =
      Pattern.compile(
          "(?i).*(?:autocomplete=cc-|card|cvc|cvv|csc|iban|security[-_ ]?code).*", Pattern.DOTALL);
  private static final Pattern SIGN_IN =
      Pattern.compile(
          "(?i).*(?:type=password|autocomplete=(?:current-password|new-password|one-time)).*",
          Pattern.DOTALL);

  private TraitNames() {}

  /** What kind of field a behaviour's detail tells of. */
  static String fields(String detail) {
    if (PAYMENT.matcher(detail).matches()) return PAYMENT_FIELDS;
    return SIGN_IN.matcher(detail).matches() ? SIGN_IN_FIELDS : "form fields";
  }

  /** A host without generated labels. */
  static String host(String host) {
    return ADDRESS.matcher(host).matches() ? host : ScriptSubject.withoutVolatileParts(host);
  }

  /** Whether a script's subject and a host belong to the same registered domain. */
  static boolean sameOwner(String script, String host) {
    int slash = script.indexOf('/');
    String own = slash < 0 ? script : script.substring(0, slash);
    return Hosts.registrableDomain(own).equals(Hosts.registrableDomain(host));
  }

  /** Whether the request can take data along. */
  static boolean sends(CapturedRequest request) {
    return switch (request.type()) {
      case BEACON, FETCH, WEBSOCKET -> true;
      case IMAGE -> request.url().indexOf('?') >= 0;
      default -> request.method().equals("POST");
    };
  }
}
