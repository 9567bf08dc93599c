package org.tagwarden.collector.access;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * From where a change came, for the audit log.
 *
 * @param id the person of the session or link, or the token; null for the program itself
 * @param address the caller's; null when nobody called
 */
public record Origin(Way way, @Nullable Integer id, @Nullable String address) {
  /** The program itself: the demo, or what is done at start-up. */
  public static final Origin PROGRAM = new Origin(Way.PROGRAM, null, null);

  /** What the caller showed. */
  public enum Way {
    /** A browser's session. */
    SESSION,
    /** An API token. */
    TOKEN,
    /** A one-time link, or the door itself: a sign-in. */
    LINK,
    /** Nothing: it is the program's own doing. */
    PROGRAM;

    /** As the database writes it: lower-case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Somebody at the door, who is not known yet. */
  public static Origin door(String address) {
    return new Origin(Way.LINK, null, address);
  }

  /** The same, now that it is known who it is. */
  public Origin of(int personId) {
    return new Origin(way, personId, address);
  }

  /** The same, with the caller's address. */
  public Origin at(String from) {
    return new Origin(way, id, from);
  }
}
