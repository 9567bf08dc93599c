package org.tagwarden.collector.alerts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tagwarden.collector.Refusal;

/**
 * Secrets of the channels, in files of one folder (as Docker and Kubernetes mount them). The
 * database holds {@code secret:NAME} only, so that neither a dump nor a log gives one away. Blocks:
 * call it on a worker.
 */
public final class Secrets {
  private static final Pattern REFERENCE =
      Pattern.compile("secret:([A-Za-z0-9_-][A-Za-z0-9._-]{0,99})");

  private final Path folder;

  public Secrets(Path folder) {
    this.folder = folder;
  }

  /** Whether a text names a secret instead of being the value itself. */
  public static boolean isReference(String text) {
    return REFERENCE.matcher(text).matches();
  }

  /** Throws a refusal unless the address is a reference: whoever knows the value can post there. */
  public static void requireReference(String address) {
    if (!isReference(address))
      throw Refusal.invalid(
          "address", "Whoever knows this address can post there: give it as secret:NAME.");
  }

  /** The value that a reference names, or the text itself when it is none. */
  public String resolve(String text) {
    Matcher reference = REFERENCE.matcher(text);
    if (!reference.matches()) return text;
    Path file = folder.resolve(reference.group(1));
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw AlertException.passing(
          "The secret \""
              + reference.group(1)
              + "\" is not in the server's folder of secrets: put a file of that name into it.",
          e);
    }
  }
}
