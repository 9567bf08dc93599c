package org.tagwarden.agent.join;

import java.io.IOException;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.observe.Problems;
import org.tagwarden.agent.traffic.Exchange;
import org.tagwarden.agent.traffic.ScriptBody;

/** Decodes each script body that passed the proxy once, and keeps the texts by hash. */
final class Bodies {
  private final Problems problems;
  private final Map<Exchange, ScriptBody> decoded = new IdentityHashMap<>();
  private final Map<String, String> texts = new HashMap<>();

  Bodies(Problems problems) {
    this.problems = problems;
  }

  @Nullable ScriptBody of(@Nullable Exchange exchange) {
    if (exchange == null) return null;
    ScriptBody known = decoded.get(exchange);
    if (known != null) return known;
    try {
      ScriptBody body = exchange.scriptBody();
      if (body != null) decoded.put(exchange, body);
      return body;
    } catch (IOException e) {
      problems.note(
          "proxy",
          "join",
          "script-unreadable",
          "The script " + exchange.url() + " could not be decoded: " + e.getMessage() + ".");
      return null;
    }
  }

  /** Keeps the text of something that was used as a script. */
  void keep(ScriptBody body) {
    texts.putIfAbsent(body.sha256(), body.text());
  }

  void keep(String sha256, String text) {
    texts.putIfAbsent(sha256, text);
  }

  Map<String, String> texts() {
    return texts;
  }
}
