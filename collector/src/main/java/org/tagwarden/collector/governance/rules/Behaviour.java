package org.tagwarden.collector.governance.rules;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.ScriptBehaviour;

/** What a script does beside its requests and cookies, and an authorization may rule out. */
public enum Behaviour {
  /** Reads form fields or listens to keys. */
  FORM_READING("reads form fields"),
  /** Reads what tells devices apart: canvas, WebGL, audio. */
  FINGERPRINTING("reads what tells devices apart"),
  /** Writes to the browser's storage, cookies aside. */
  STORAGE("writes to the browser's storage"),
  /** Clipboard, place, camera and the like, and connections past every proxy. */
  DEVICE("uses the visitor's device");

  private final String deed;

  Behaviour(String deed) {
    this.deed = deed;
  }

  /** What it does, without its name: "reads form fields". */
  public String deed() {
    return deed;
  }

  /** As policies write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Null for what is no matter of behaviours: cookies are ruled by name and lifetime. */
  static @Nullable Behaviour of(ScriptBehaviour.Kind kind) {
    return switch (kind) {
      case FIELD_READ, KEY_LISTENER -> FORM_READING;
      case CANVAS_READ, WEBGL_READ, AUDIO_READ -> FINGERPRINTING;
      case CLIPBOARD, GEOLOCATION, PERMISSION, PEER_CONNECTION -> DEVICE;
      case COOKIE_READ, COOKIE_WRITE -> null;
    };
  }
}
