package org.tagwarden.agent.observe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.tagwarden.agent.traffic.Hygiene;

/**
 * The text that {@link BehaviourObserver} plants into every document and worker of one visit. The
 * name of its console context is new for each visit: who does not know it cannot forge a message.
 *
 * @param context name of the console context that it reports through
 * @param sha256 of the text, by which the engine's own record of it is told from the page's scripts
 */
record BehaviourScript(String context, String text, String sha256) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String TEMPLATE = template();

  /** Called on what the planted script says hello with: the counts that it has not told yet. */
  static final String ASK_FOR_THE_REST = "function () { return this(); }";

  /** Fixed texts that the scanner runs in the page's own world: who copies them does the same. */
  private static final Set<String> FIXED =
      Set.of(
          sha256('(' + ASK_FOR_THE_REST + ')'),
          sha256(LivePage.ANYBODY),
          sha256(WrapperObserver.QUESTION),
          sha256(Observers.PRIVACY_SIGNAL));

  /** Whether the engine's hash of a script says that it is one of ours. */
  boolean isOwn(String hash) {
    String lower = hash.toLowerCase(Locale.ROOT);
    return lower.equals(sha256) || FIXED.contains(lower);
  }

  static BehaviourScript fresh() {
    byte[] random = new byte[16];
    RANDOM.nextBytes(random);
    String name = HexFormat.of().formatHex(random);
    String text = TEMPLATE.replace("%NAME%", name);
    return new BehaviourScript(name, text, sha256(text));
  }

  private static String sha256(String text) {
    return Hygiene.hex("SHA-256", text.getBytes(StandardCharsets.UTF_8));
  }

  /** Without its comments: it is parsed once for each frame. */
  private static String template() {
    try (InputStream in = BehaviourScript.class.getResourceAsStream("behaviour.js")) {
      if (in == null) throw new IllegalStateException("behaviour.js is missing from the program");
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("//"))
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
