package org.tagwarden.collector.db;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * PostgreSQL's programs, unpacked once from the class path into a folder named by the archive's
 * hash: an upgrade unpacks beside, and an unpacking that was cut off is done again.
 */
final class PostgresBinaries {
  private static final int OWNER_EXECUTES = 0100;
  private static final int HASH_CHARACTERS = 12;

  private PostgresBinaries() {}

  /** The folder with bin, lib and share. */
  static Path unpackInto(Path home) throws IOException {
    String archive = archive();
    Path target = home.resolve("postgresql-" + hash(archive));
    if (Files.isDirectory(target)) return target;
    Path unfinished = home.resolve(target.getFileName() + ".unfinished");
    delete(unfinished);
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZCompressorInputStream(open(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(tar, entry, unfinished);
      }
    }
    move(unfinished, target);
    return target;
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path root)
      throws IOException {
    Path path = root.resolve(entry.getName()).normalize();
    if (!path.startsWith(root)) throw new IOException("Archive entry outside: " + entry.getName());
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else if (entry.isLink()) {
      Files.createLink(path, root.resolve(entry.getLinkName()).normalize());
    } else {
      Files.copy(tar, path);
      if ((entry.getMode() & OWNER_EXECUTES) != 0) {
        Set<PosixFilePermission> mode = EnumSet.copyOf(Files.getPosixFilePermissions(path));
        mode.add(PosixFilePermission.OWNER_EXECUTE);
        mode.add(PosixFilePermission.GROUP_EXECUTE);
        mode.add(PosixFilePermission.OTHERS_EXECUTE);
        Files.setPosixFilePermissions(path, mode);
      }
    }
  }

  private static String archive() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch").equals("amd64") ? "x86_64" : "arm_64";
    String name = "/postgres-linux-" + processor + ".txz";
    if (!system.equals("linux") || PostgresBinaries.class.getResource(name) == null) {
      throw new DatabaseException(
          "There is no embedded PostgreSQL for this machine ("
              + System.getProperty("os.name")
              + " on "
              + System.getProperty("os.arch")
              + "): set database.url to a PostgreSQL of yours.");
    }
    return name;
  }

  private static InputStream open(String archive) throws IOException {
    InputStream stream = PostgresBinaries.class.getResourceAsStream(archive);
    if (stream == null) throw new IOException("No " + archive + " on the class path");
    return new BufferedInputStream(stream);
  }

  private static String hash(String archive) throws IOException {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      try (InputStream stream = new DigestInputStream(open(archive), sha256)) {
        stream.transferTo(java.io.OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(sha256.digest()).substring(0, HASH_CHARACTERS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** All of it appears under the final name at once. */
  static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw new IOException("The data folder's file system cannot rename folders", e);
    }
  }

  /** Deletes a folder with all that is in it, if it is there. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) return;
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
