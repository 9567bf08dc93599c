package org.tagwarden.collector.access;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/**
 * A key of this server in a file beside its data: 256 random bits in Base64, for the file's owner
 * alone (0600). Several servers of one Tagwarden need the same file. Blocks: call it on a worker.
 */
public final class KeyFile {
  private static final int BYTES = 32;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      Set.copyOf(PosixFilePermissions.fromString("rw-------"));

  private KeyFile() {}

  /** The key; made at the first call and kept. */
  public static byte[] read(Path file) throws IOException {
    if (!Files.exists(file)) make(file.toAbsolutePath());
    try {
      byte[] key = Base64.getDecoder().decode(Files.readString(file).strip());
      if (key.length == BYTES) return key;
    } catch (IllegalArgumentException e) {
      // said below, with the file
    }
    throw new IOException(
        file
            + " holds no key (256 bits in Base64). Put back the file of a backup; or move it away,"
            + " and a new one is made.");
  }

  private static void make(Path file) throws IOException {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    Files.createDirectories(file.getParent());
    Path fresh =
        Files.createTempFile(
            file.getParent(), "key", "", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    try {
      Files.writeString(fresh, Base64.getEncoder().encodeToString(key) + "\n");
      Files.createLink(file, fresh); // of two servers that start at once one's key holds
    } catch (FileAlreadyExistsException e) {
      // the other one was first: its key is the one that is read
    } finally {
      Files.delete(fresh);
    }
  }
}
