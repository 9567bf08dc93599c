package org.tagwarden.dashboard.program.up;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.tagwarden.dashboard.program.ProgramFailure;

/**
 * The folder in which an installation keeps everything. Its lock belongs to one server at a time
 * and is gone with its process, however that ends.
 */
public final class DataFolder implements AutoCloseable {
  private final Path folder;
  private final FileChannel lock;

  private DataFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /** Makes the folder where it is missing, for its owner alone, and takes its lock. */
  public static DataFolder open(Path folder) {
    try {
      if (!Files.isDirectory(folder))
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      FileChannel lock =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (isTaken(lock)) {
        lock.close();
        throw ProgramFailure.cannot(
            "Tagwarden already runs on "
                + folder
                + ": stop it first, or choose another folder with --data DIR.");
      }
      return new DataFolder(folder, lock);
    } catch (IOException e) {
      throw ProgramFailure.cannot(
          "The data folder "
              + folder
              + " cannot be used ("
              + e
              + "): choose another with --data DIR.");
    }
  }

  private static boolean isTaken(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() == null;
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }

  public Path path() {
    return folder;
  }

  /** A folder in it, made where it is missing. */
  public Path sub(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
