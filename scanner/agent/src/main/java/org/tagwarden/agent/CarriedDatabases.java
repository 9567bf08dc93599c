package org.tagwarden.agent;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * The scripts that copy a document's IndexedDB from one browser context into another ({@code
 * databases.js}): what is text, numbers, dates, bytes and collections of them. Files and keys that
 * the browser holds have no text and stay behind.
 */
final class CarriedDatabases {
  private static final String FUNCTIONS = functions();

  /** Asks a document for its databases; the answer has {@code databases} and {@code left}. */
  static final String READ = FUNCTIONS + ".read()";

  private CarriedDatabases() {}

  /** Brings them back, unless the document has some of that name already. */
  static String bring(JsonNode databases) {
    return FUNCTIONS + ".bring(" + databases + ");";
  }

  /** Without comments: it runs in each document of a visit. */
  private static String functions() {
    try (InputStream in = CarriedDatabases.class.getResourceAsStream("databases.js")) {
      if (in == null) throw new IllegalStateException("databases.js is missing from the program");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("//"))
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
