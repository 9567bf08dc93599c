package org.tagwarden.dashboard.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/** The precompiled templates. Rendering takes well under a millisecond: event loops may do it. */
public final class Templates {
  private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);

  /** The template's text; {@code name} without its ending. */
  public String render(String name, Map<String, Object> parameters) {
    StringOutput output = new StringOutput(16 * 1024);
    engine.render(name + ".jte", parameters, output);
    return output.toString();
  }
}
