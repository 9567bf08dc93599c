package org.tagwarden.dashboard.program.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.tagwarden.collector.access.ApiTokens;
import org.tagwarden.collector.access.Role;

/**
 * The token of the scanner on this machine: made on the first start, kept where only we can read
 * it.
 */
public final class ScannerToken {
  private ScannerToken() {}

  /** The file with a token that the server knows. */
  public static Path in(DataFolder data, ApiTokens tokens) throws IOException {
    Path file = data.path().resolve("scanner.token");
    if (Files.exists(file) && Server.await(tokens.find(Files.readString(file).strip())).isPresent())
      return file;
    String secret =
        Server.await(
                tokens.createUnasked(
                    "Tagwarden",
                    null,
                    new ApiTokens.Draft("Scanner on this machine", Role.SCANNER, null, null)))
            .secret();
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, secret + "\n");
    return file;
  }
}
