package org.tagwarden.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that a script did which matters for risk. Evidence, never a verdict: a payment form's
 * own script reads its fields, too.
 *
 * @param detail what it was done to, never what was in it: a field's name and type, an event's
 *     name, an interface; may be empty
 * @param script URL of the responsible script: the innermost one on the stack that is no wrapper;
 *     for an inline script its document's; null when nobody could tell
 * @param scriptSha256 its hash, where known (tells inline scripts of one document apart)
 * @param line from 1; 0 when unknown
 * @param column from 1; 0 when unknown
 * @param count how often, with the same kind, detail and place; at least 1
 * @param firstMs when first, as an offset from the visit's start
 * @param phase before or after the visitor's choice, the first time
 * @param stack innermost first, of the first time; may be empty
 */
public record ScriptBehaviour(
    Kind kind,
    String detail,
    @Nullable String script,
    @Nullable String scriptSha256,
    String function,
    int line,
    int column,
    @Nullable String frameId,
    int count,
    double firstMs,
    ConsentPhase phase,
    List<StackFrame> stack) {
  /** The kinds of behaviour that are watched. */
  public enum Kind {
    /** The value of a form field was read. */
    FIELD_READ,
    /** The script listens to keys or input. */
    KEY_LISTENER,
    /** A canvas was read out. */
    CANVAS_READ,
    /** WebGL was asked for what tells devices apart. */
    WEBGL_READ,
    /** Audio was rendered and read out. */
    AUDIO_READ,
    /** {@code document.cookie} or the cookie store was read. */
    COOKIE_READ,
    /** A cookie was written by a script. */
    COOKIE_WRITE,
    /** The clipboard was read or written. */
    CLIPBOARD,
    /** The visitor's place was asked for. */
    GEOLOCATION,
    /** A permission or device was asked for (camera, microphone, notifications, sensors). */
    PERMISSION,
    /** A peer connection was opened (WebRTC): its traffic passes every proxy by. */
    PEER_CONNECTION
  }

  public ScriptBehaviour {
    Require.present(kind, "behaviour.kind");
    detail = detail == null ? "" : detail;
    function = function == null ? "" : function;
    Require.that(count > 0, "behaviour.count", "must be at least 1");
    Require.notNegative(firstMs, "behaviour.firstMs");
    phase = phase == null ? ConsentPhase.BEFORE_CHOICE : phase;
    stack = Require.list(stack, "behaviour.stack");
  }
}
