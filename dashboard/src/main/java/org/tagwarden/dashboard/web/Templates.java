package org.tagwarden.dashboard.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import gg.jte.output.Utf8ByteOutput;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/** The precompiled templates. Rendering takes a few milliseconds at most: event loops may do it. */
public final class Templates {
  private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);

  /** The template's text; {@code name} without its ending. */
  public String render(String name, Map<String, Object> parameters) {
    StringOutput output = new StringOutput(16 * 1024);
    engine.render(name + ".jte", parameters, output);
    return output.toString();
  }

  /**
   * Likewise in UTF-8, as a response wants it: a text is widened to two bytes a character at its
   * first dash, grown by copying, and encoded again, which a long page feels.
   */
  Buffer renderUtf8(String name, Map<String, Object> parameters) {
    Utf8ByteOutput output = new Utf8ByteOutput();
    engine.render(name + ".jte", parameters, output);
    return Buffer.buffer(output.toByteArray());
  }
}
