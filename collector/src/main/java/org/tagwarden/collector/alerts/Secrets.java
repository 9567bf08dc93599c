package org.tagwarden.collector.alerts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Secrets of the channels, in files of one folder (as Docker and Kubernetes mount them). The
 * database holds {@code secret:NAME} only, so that neither a dump nor a log gives one away. Blocks:
 * call it on a worker.
 */
public final class Secrets {
  private static final Pattern REFERENCE =
      Pattern.compile("secret:([A-Za-z0-9_-][A-Za-z0-9._-]{0,99})");
  private static final int KEY_BYTES = 32;

  private final Path folder;

  public Secrets(Path folder) {
    this.folder = folder;
  }

  /** Whether a text names a secret instead of being the value itself. */
  public static boolean isReference(String text) {
    return REFERENCE.matcher(text).matches();
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

  /** The key of a name, made at the first call and kept: 0600, beside the data. */
  public static byte[] ownKey(Path file) throws IOException {
    if (!Files.exists(file)) {
      byte[] key = new byte[KEY_BYTES];
      new SecureRandom().nextBytes(key);
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path fresh =
          Files.createTempFile(
              file.toAbsolutePath().getParent(),
              "key",
              "",
              PosixFilePermissions.asFileAttribute(
                  Set.copyOf(PosixFilePermissions.fromString("rw-------"))));
      Files.writeString(fresh, Base64.getEncoder().encodeToString(key) + "\n");
      try {
        Files.createLink(file, fresh); // of two servers that start at once one's key holds
      } catch (java.nio.file.FileAlreadyExistsException e) {
        // the other one was first: its key is read below
      }
      Files.delete(fresh);
    }
    return Base64.getDecoder().decode(Files.readString(file).strip());
  }
}
