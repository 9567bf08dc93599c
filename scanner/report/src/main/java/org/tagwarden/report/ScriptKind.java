package org.tagwarden.report;

/** How a script came to run. */
public enum ScriptKind {
  /** A classic script with a URL. */
  EXTERNAL,
  /** A module with a URL. */
  MODULE,
  /** Text in a document. */
  INLINE,
  /** In a dedicated, shared or service worker. */
  WORKER,
  /** {@code eval}, {@code new Function}, or text inserted by a script. */
  EVALUATED,
  /** Served as a script, never parsed (preloaded, blocked by integrity or policy). */
  NOT_RUN
}
