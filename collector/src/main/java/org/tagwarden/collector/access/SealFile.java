package org.tagwarden.collector.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** The newest seal beside the data, where whoever owns the database does not reach. Blocks. */
final class SealFile {
  static final String NAME = "audit-seal";

  private final Path file;

  SealFile(Path dataDir) {
    this.file = dataDir.resolve(NAME);
  }

  /** Empty before the first one, and after somebody took it away. */
  Optional<AuditSeal> read() throws IOException {
    if (!Files.exists(file)) return Optional.empty();
    Optional<AuditSeal> seal = AuditSeal.ofLine(Files.readString(file).stripTrailing());
    if (seal.isPresent()) return seal;
    throw new IOException(file + " holds no seal of the audit log. Put back the file of a backup.");
  }

  /** In one step: a file that is there is whole. */
  void write(AuditSeal seal) throws IOException {
    Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
    Path fresh =
        Files.createTempFile(
            folder,
            "seal",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, seal.line() + "\n");
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
