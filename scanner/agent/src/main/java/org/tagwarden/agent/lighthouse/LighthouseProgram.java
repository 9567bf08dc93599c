package org.tagwarden.agent.lighthouse;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the pinned Node packages are. */
final class LighthouseProgram {
  private static final String SCRIPT = "lighthouse/node_modules/@lhci/cli/src/cli.js";

  private LighthouseProgram() {}

  /** In Tagwarden's own folder, or above these classes. */
  static Path find() throws LighthouseFailure {
    String home = System.getenv("TAGWARDEN_HOME");
    if (home != null && !home.isBlank()) {
      Path script = Path.of(home, "scanner/agent").resolve(SCRIPT).toAbsolutePath();
      if (Files.exists(script)) return script;
    }
    try {
      Path classes =
          Path.of(
              LighthouseProgram.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      for (@Nullable Path at = classes; at != null; at = at.getParent())
        if (Files.exists(at.resolve(SCRIPT))) return at.resolve(SCRIPT);
    } catch (URISyntaxException e) {
      // Falls through to the same sentence.
    }
    throw new LighthouseFailure(
        "start",
        "lighthouse-missing",
        "Lighthouse is not installed with this scanner: run scripts/npm-install"
            + " scanner/agent/lighthouse in Tagwarden's folder.");
  }
}
