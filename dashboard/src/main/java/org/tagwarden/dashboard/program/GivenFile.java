package org.tagwarden.dashboard.program;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that somebody named on the command line. */
final class GivenFile {
  private GivenFile() {}

  /** What reads it. */
  interface Reading<T> {
    T read(Path file) throws IOException;
  }

  /** Reads it; says in a sentence that it is not there, or cannot be read. */
  static <T> T read(Path file, Reading<T> reading) {
    try {
      return reading.read(file);
    } catch (NoSuchFileException e) {
      throw ProgramFailure.usage(file + " does not exist.");
    } catch (IOException e) {
      throw ProgramFailure.cannot(file + " cannot be read: " + e + ".");
    }
  }
}
