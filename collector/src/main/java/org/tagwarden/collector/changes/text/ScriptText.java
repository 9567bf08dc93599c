package org.tagwarden.collector.changes.text;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What tells one version of a script from another, whatever changes from load to load.
 *
 * @param fingerprint SHA-256 (hex) of the text without comments, white space, nonces, build ids,
 *     time stamps, hashes in names and blobs of configuration
 * @param skeleton likewise, also without the contents of strings: what remains of an inline script
 *     that a server fills with data
 * @param hosts hosts that its strings name
 * @param constructs what it can do that matters: "eval", "atob", "document.write", ...
 */
public record ScriptText(
    String fingerprint, String skeleton, SortedSet<String> hosts, SortedSet<String> constructs) {
  public ScriptText {
    hosts = Collections.unmodifiableSortedSet(new TreeSet<>(hosts));
    constructs = Collections.unmodifiableSortedSet(new TreeSet<>(constructs));
  }

  /** Reads a script's text: milliseconds for a large one. */
  public static ScriptText of(String body) {
    NormalForm full = new NormalForm(false);
    NormalForm skeleton = new NormalForm(true);
    NamedHosts hosts = new NamedHosts();
    Constructs constructs = new Constructs();
    JavaScriptTokens tokens = new JavaScriptTokens(body);
    while (tokens.next()) {
      JavaScriptTokens.Kind kind = tokens.kind();
      String token = tokens.token();
      full.add(kind, token);
      skeleton.add(kind, token);
      constructs.add(kind, token);
      if (kind == JavaScriptTokens.Kind.STRING || kind == JavaScriptTokens.Kind.TEMPLATE) {
        hosts.add(Literals.inside(kind, token));
      }
    }
    return new ScriptText(
        full.fingerprint(), skeleton.fingerprint(), hosts.found(), constructs.found());
  }
}
