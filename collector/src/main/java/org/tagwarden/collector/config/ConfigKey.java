package org.tagwarden.collector.config;

import java.util.Locale;

/**
 * One setting.
 *
 * @param name as the file writes it, for example "smtp.host" ({@code host} under {@code smtp})
 * @param standard the default as text; empty when there is none
 * @param secret whether logs mask it
 * @param meaning one sentence for people
 */
public record ConfigKey(String name, String standard, boolean secret, String meaning) {
  /** An ordinary setting. */
  public static ConfigKey of(String name, String standard, String meaning) {
    return new ConfigKey(name, standard, false, meaning);
  }

  /** A setting that is masked in logs. */
  public static ConfigKey secret(String name, String meaning) {
    return new ConfigKey(name, "", true, meaning);
  }

  /** The environment variable that overrides the file. */
  public String environmentName() {
    return "TAGWARDEN_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
