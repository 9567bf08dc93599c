package org.tagwarden.dashboard.program.scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.tagwarden.dashboard.program.ProgramFailure;

/**
 * Where a scan's files go. They are written aside and renamed at the end, all that are there: an
 * interrupted scan leaves nothing behind.
 */
public final class OutFolder implements AutoCloseable {
  private final Path folder;
  private final Path aside;
  private final boolean made;

  private OutFolder(Path folder, Path aside, boolean made) {
    this.folder = folder;
    this.aside = aside;
    this.made = made;
  }

  /** Makes the folder, or takes the one that is there. */
  public static OutFolder at(Path folder) {
    try {
      boolean made = !Files.exists(folder);
      Files.createDirectories(folder);
      return new OutFolder(folder, Files.createTempDirectory(folder, ".writing-"), made);
    } catch (IOException e) {
      throw ProgramFailure.cannot(
          "The folder "
              + folder.toAbsolutePath()
              + " cannot be written to ("
              + e.getClass().getSimpleName()
              + "): choose another with --out DIR.");
    }
  }

  /** Where files are written until {@link #publish}. */
  public Path aside() {
    return aside;
  }

  /** Renames the named files into place. */
  public void publish(List<String> names) throws IOException {
    for (String name : names)
      Files.move(
          aside.resolve(name),
          folder.resolve(name),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
  }

  /** Removes what was not published. */
  @Override
  public void close() throws IOException {
    try (Stream<Path> left = Files.walk(aside)) {
      for (Path path : left.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
    }
    if (made && isEmpty()) Files.deleteIfExists(folder);
  }

  private boolean isEmpty() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }
}
