package org.tagwarden.dashboard.program.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.tagwarden.collector.access.ApiTokens;
import org.tagwarden.collector.access.Role;

/**
 * A token for use on this machine: made on the first start, kept in the data folder where only its
 * owner can read it.
 */
public final class LocalToken {
  private LocalToken() {}

  /** {@code scanner.token}: for the scanner that runs beside the server. */
  public static Path ofScanner(DataFolder data, ApiTokens tokens) throws IOException {
    return in(
        data.path().resolve("scanner.token"), tokens, "Scanner on this machine", Role.SCANNER);
  }

  /** {@code api.token}: to try the API of the demo. */
  public static Path ofDemo(DataFolder data, ApiTokens tokens) throws IOException {
    return in(data.path().resolve("api.token"), tokens, "Demo", Role.REQUESTER);
  }

  /** The file with a token that the server knows. */
  private static Path in(Path file, ApiTokens tokens, String name, Role role) throws IOException {
    if (Files.exists(file) && Server.await(tokens.find(Files.readString(file).strip())).isPresent())
      return file;
    String secret =
        Server.await(
                tokens.createUnasked(
                    "Tagwarden", null, new ApiTokens.Draft(name, role, null, null)))
            .secret();
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, secret + "\n");
    return file;
  }
}
