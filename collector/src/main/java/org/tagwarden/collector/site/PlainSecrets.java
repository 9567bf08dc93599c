package org.tagwarden.collector.site;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tagwarden.collector.Refusal;

/**
 * Keeps secrets out of the database: what looks like one is refused with a sentence that says how
 * to refer to it. {@code ${secret:NAME}} stands for a secret that only the scanner knows.
 */
final class PlainSecrets {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\{secret:([A-Za-z0-9][A-Za-z0-9_-]{0,99})}");
  private static final Pattern SECRET_NAME =
      Pattern.compile(
          ".*(authoriz|api-?key|secret|passw|pwd|token|credential|session|sess-?id|signature).*");

  /** Long, without spaces, letters and digits mixed: as keys and tokens are. */
  private static final Pattern SECRET_VALUE =
      Pattern.compile("(?=.*[0-9])(?=.*[A-Za-z])[A-Za-z0-9+/=_.~-]{24,}");

  private PlainSecrets() {}

  /** Refuses a value that is, by its name or its looks, a secret in plain text. */
  static void refuse(String field, String name, String value) {
    String rest = withoutReferences(value).strip();
    boolean referred = !rest.equals(value.strip());
    boolean secretByName = SECRET_NAME.matcher(name.toLowerCase(Locale.ROOT)).matches();
    boolean secretByLooks = SECRET_VALUE.matcher(rest).find() && !rest.contains(" ");
    if ((secretByName && !referred && !value.isBlank()) || secretByLooks) {
      throw Refusal.invalid(field, "The value of " + name + " looks like a secret. " + HOW);
    }
  }

  /** A password is always a secret. */
  static void refusePassword(String field, String value) {
    if (!value.isEmpty() && !REFERENCE.matcher(value).matches()) {
      throw Refusal.invalid(field, "Passwords are not kept here. " + HOW);
    }
  }

  private static final String HOW =
      "Write ${secret:NAME} instead, and give the secret of that name to the scanner: it alone"
          + " knows it (docs/operations.md, Secrets).";

  /** Refuses a reference that the scanner would not recognise. */
  static void checkReferences(String field, String value) {
    if (withoutReferences(value).contains("${")) {
      throw Refusal.invalid(
          field, "Write a reference like ${secret:SHOP_PASSWORD}: letters, digits, - and _.");
    }
  }

  /** The text without its references. */
  static String withoutReferences(String value) {
    Matcher references = REFERENCE.matcher(value);
    return references.replaceAll("");
  }
}
