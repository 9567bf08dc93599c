package org.tagwarden.agent.traffic;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells from the heads of an exchange whether its body is, or may be, a script. */
final class ScriptSpotter {
  private static final Set<String> DESTINATIONS =
      Set.of("script", "worker", "sharedworker", "serviceworker", "audioworklet", "paintworklet");

  private ScriptSpotter() {}

  static boolean isScript(HttpHeaders request, HttpHeaders response) {
    String destination = request.get("Sec-Fetch-Dest");
    if (destination != null && DESTINATIONS.contains(destination)) return true;
    String type = type(response.get("Content-Type"));
    if (type.contains("javascript") || type.contains("ecmascript")) return true;
    // Without the header (plain HTTP) a script may come as anything that a browser will run.
    return destination == null
        && (type.isEmpty()
            || type.equals("text/plain")
            || type.equals("application/json")
            || type.equals("application/octet-stream"))
        && "*/*".equals(request.get("Accept"));
  }

  private static String type(@Nullable String contentType) {
    if (contentType == null) return "";
    int end = contentType.indexOf(';');
    return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }
}
