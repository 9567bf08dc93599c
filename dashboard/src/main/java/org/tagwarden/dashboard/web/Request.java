package org.tagwarden.dashboard.web;

import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.api.CallerAddress;

/** A page request: its parameters in the forms that pages need, and who asks. */
public final class Request {
  private final RoutingContext context;
  private final @Nullable SignedIn person;
  private final String csrfSecret;
  private final Instant now;

  Request(RoutingContext context, @Nullable SignedIn person, String csrfSecret, Instant now) {
    this.context = context;
    this.person = person;
    this.csrfSecret = csrfSecret;
    this.now = now;
  }

  /** When the request came in. */
  public Instant now() {
    return now;
  }

  /** Who asks; only for routes that need somebody. */
  public SignedIn person() {
    if (person == null) throw new IllegalStateException("Route is open to nobody: " + path());
    return person;
  }

  /** Likewise, with what they may do and from where they call. */
  public Principal principal() {
    return person().principal().at(remoteAddress());
  }

  /** Who asks, for routes that are open to everybody; null: nobody is signed in. */
  public @Nullable SignedIn personOrNull() {
    return person;
  }

  String csrfSecret() {
    return csrfSecret;
  }

  public String path() {
    return context.normalizedPath();
  }

  String method() {
    return context.request().method().name();
  }

  /** Path and query. */
  public String url() {
    return context.request().uri();
  }

  /** A value of the query or, for a sent form, of the form; trimmed, "" when missing. */
  public String text(String name) {
    return raw(name).strip();
  }

  /** Likewise, untouched: for passwords. */
  public String raw(String name) {
    String value =
        method().equals("POST")
            ? context.request().getFormAttribute(name)
            : context.queryParams().get(name);
    return value == null ? "" : value;
  }

  /** Every value of a form's field. */
  public List<String> all(String name) {
    return context.request().formAttributes().getAll(name);
  }

  /** Whether a check box is ticked. */
  public boolean ticked(String name) {
    return !raw(name).isEmpty();
  }

  /** A number of the query within bounds, or the fallback. */
  public int number(String name, int least, int most, int fallback) {
    try {
      int value = Integer.parseInt(text(name));
      return value < least || value > most ? fallback : value;
    } catch (NumberFormatException e) {
      return fallback;
    }
  }

  /** A value of the path. */
  public String part(String name) {
    return context.pathParam(name);
  }

  /** An id of the path; what is no number is not found. */
  public int id(String name) {
    try {
      return Integer.parseInt(part(name));
    } catch (NumberFormatException e) {
      throw Refusal.notFound("There is no such page.");
    }
  }

  /** A UUID of the path; what is none is not found. */
  public UUID uuid(String name) {
    try {
      return UUID.fromString(part(name));
    } catch (IllegalArgumentException e) {
      throw Refusal.notFound("There is no such page.");
    }
  }

  /** Whether htmx asks for the part of the page with this id only. */
  public boolean wantsFragment(String id) {
    return "true".equals(context.request().getHeader("HX-Request"))
        && id.equals(context.request().getHeader("HX-Target"));
  }

  /** The caller's address, for limits of attempts and the audit log. */
  public String remoteAddress() {
    return CallerAddress.of(context);
  }

  RoutingContext context() {
    return context;
  }
}
