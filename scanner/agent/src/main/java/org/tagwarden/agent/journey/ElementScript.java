package org.tagwarden.agent.journey;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The functions that look at elements inside of a page, as one expression of JavaScript. */
final class ElementScript {
  static final String TEXT = "(\n" + read().strip() + "\n)";

  private ElementScript() {}

  private static String read() {
    try (InputStream file = ElementScript.class.getResourceAsStream("elements.js")) {
      if (file == null) throw new IllegalStateException("elements.js is not in this program");
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
