package org.tagwarden.agent.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.agent.ScannerUnfitException;

/**
 * A browser's profile for as long as it runs. Its name carries the scanner's process id, so that
 * the next scanner can clear up after one that was killed, its orphaned browser included.
 */
public final class ProfileFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProfileFolder.class);
  private static final int DELETE_TRIES = 20;

  private final Path path;

  private ProfileFolder(Path path) {
    this.path = path;
  }

  /** Absolute. */
  public Path path() {
    return path;
  }

  /** Makes one in this folder, after clearing up those of scanners that are no more. */
  public static ProfileFolder create(Path folder) {
    try {
      Files.createDirectories(folder);
      clearStale(folder);
      return new ProfileFolder(
          Files.createTempDirectory(folder, ProcessHandle.current().pid() + "-").toAbsolutePath());
    } catch (IOException e) {
      throw new ScannerUnfitException(
          "The browser's profile cannot be written to " + folder + ": " + e.getMessage(), e);
    }
  }

  /** Ends what still runs with this profile, then deletes it. */
  @Override
  public void close() {
    killUsers(path);
    deleteSocketFolder();
    for (int i = 0; i < DELETE_TRIES; i++) {
      try {
        delete(path);
        return;
      } catch (IOException | UncheckedIOException e) {
        if (i == DELETE_TRIES - 1) LOG.warn("The profile folder {} could not be deleted", path, e);
        else pause();
      }
    }
  }

  /** Chromium keeps a socket in the system's folder for such, and leaves it there when killed. */
  private void deleteSocketFolder() {
    try {
      Path socket = Files.readSymbolicLink(path.resolve("SingletonSocket"));
      Path folder = socket.getParent();
      if (folder != null && String.valueOf(folder.getFileName()).startsWith("org.chromium."))
        delete(folder);
    } catch (IOException e) {
      LOG.debug("There is no socket to delete, as it should be after an orderly end", e);
    }
  }

  private static void clearStale(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      for (Path profile : found.toList()) {
        String name = profile.getFileName().toString();
        int dash = name.indexOf('-');
        if (dash <= 0 || !name.substring(0, dash).matches("\\d+")) continue;
        Optional<ProcessHandle> owner = ProcessHandle.of(Long.parseLong(name.substring(0, dash)));
        if (owner.isPresent() && owner.get().isAlive()) continue;
        LOG.info("Clearing up after a scanner that was killed: {}", profile);
        new ProfileFolder(profile.toAbsolutePath()).close();
      }
    }
  }

  private static void killUsers(Path profile) {
    List<ProcessHandle> users = RunningProgram.using(profile);
    for (ProcessHandle user : users) user.destroyForcibly();
    for (ProcessHandle user : users) {
      for (int i = 0; i < 50 && user.isAlive(); i++) pause();
    }
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) return;
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE; // it went away by itself
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path visited, java.io.@org.jspecify.annotations.Nullable IOException e)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
