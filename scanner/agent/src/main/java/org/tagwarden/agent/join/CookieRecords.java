package org.tagwarden.agent.join;

import java.net.HttpCookie;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.observe.CookieObserver;
import org.tagwarden.agent.observe.CookieObserver.Jarred;
import org.tagwarden.agent.traffic.Exchange;
import org.tagwarden.agent.traffic.Hygiene;
import org.tagwarden.report.CapturedCookie;
import org.tagwarden.report.ConsentChoice;
import org.tagwarden.report.ConsentPhase;

/**
 * Cookies with the request that set them. The jar knows which lived to the end, the headers know
 * who set them; what is in the jar without a header was set by a script, whose writing the page's
 * observer saw.
 */
final class CookieRecords {
  private final Map<String, CapturedCookie> cookies = new LinkedHashMap<>();
  private final Instant visitStart;
  private final @Nullable ConsentChoice choice;
  private final CookieWriters writers;

  private CookieRecords(Instant visitStart, @Nullable ConsentChoice choice, CookieWriters writers) {
    this.visitStart = visitStart;
    this.choice = choice;
    this.writers = writers;
  }

  static List<CapturedCookie> make(
      List<Sighting> sightings,
      CookieObserver seen,
      Instant visitStart,
      @Nullable ConsentChoice choice,
      CookieWriters writers) {
    CookieRecords records = new CookieRecords(visitStart, choice, writers);
    for (int i = 0; i < sightings.size(); i++) {
      Exchange exchange = sightings.get(i).exchange();
      Place place = Place.of(sightings.get(i).url());
      if (exchange == null || place == null) continue;
      ConsentPhase phase = RequestRecords.phase(choice, sightings.get(i).startMs());
      for (String header : exchange.setCookies()) records.set(header, place.host(), i + 1, phase);
    }
    for (Jarred cookie : seen.jar()) records.jarred(cookie, seen.wasThereBeforeChoice(cookie));
    return List.copyOf(records.cookies.values());
  }

  private void set(String header, String host, int requestId, ConsentPhase phase) {
    String[] parts = header.split(";", -1);
    int equals = parts[0].indexOf('=');
    String name = equals < 0 ? "" : parts[0].substring(0, equals).strip();
    String value = parts[0].substring(equals + 1).strip();
    String domain = attribute(parts, "domain");
    String path = attribute(parts, "path");
    String lower = domain == null || domain.isEmpty() ? host : dotted(domain);
    CapturedCookie cookie =
        new CapturedCookie(
            name,
            lower,
            path == null || !path.startsWith("/") ? "/" : path,
            Hygiene.cookieHash(value),
            attribute(parts, "secure") != null,
            attribute(parts, "httponly") != null,
            sameSite(attribute(parts, "samesite")),
            attribute(parts, "partitioned") != null,
            expires(parts),
            requestId,
            null,
            phase);
    cookies.put(key(cookie.name(), cookie.domain(), cookie.path()), cookie);
  }

  /** The jar's facts are the browser's own reading; the header adds who set it. */
  private void jarred(Jarred c, boolean beforeChoice) {
    String key = key(c.name(), c.domain(), c.path());
    CapturedCookie byHeader = cookies.get(key);
    if (byHeader == null) byHeader = sameNameAndDomain(c);
    String hash = Hygiene.cookieHash(c.value());
    boolean same = byHeader != null && byHeader.valueSha256().equals(hash);
    if (byHeader != null) cookies.remove(key(byHeader.name(), byHeader.domain(), byHeader.path()));
    cookies.put(
        key,
        new CapturedCookie(
            c.name(),
            c.domain(),
            c.path(),
            hash,
            c.secure(),
            c.httpOnly(),
            c.sameSite(),
            c.partitioned(),
            c.expires(),
            same && byHeader != null ? byHeader.requestId() : null,
            same ? null : writers.writerOf(c),
            choice == null || beforeChoice
                ? ConsentPhase.BEFORE_CHOICE
                : ConsentPhase.AFTER_CHOICE));
  }

  /** A header without a path means the folder of its request, which the jar has worked out. */
  private @Nullable CapturedCookie sameNameAndDomain(Jarred c) {
    for (CapturedCookie cookie : cookies.values())
      if (cookie.requestId() != null
          && cookie.name().equals(c.name())
          && cookie.domain().equals(c.domain())) return cookie;
    return null;
  }

  private static String key(String name, String domain, String path) {
    return name + '\n' + domain + '\n' + path;
  }

  /** The jar writes a cookie for subdomains with a dot in front. */
  private static String dotted(String domain) {
    String lower = domain.toLowerCase(Locale.ROOT);
    return lower.startsWith(".") ? lower : "." + lower;
  }

  private static @Nullable String attribute(String[] parts, String name) {
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].strip();
      int equals = part.indexOf('=');
      String key = equals < 0 ? part : part.substring(0, equals).strip();
      if (key.equalsIgnoreCase(name)) return equals < 0 ? "" : part.substring(equals + 1).strip();
    }
    return null;
  }

  private static @Nullable String sameSite(@Nullable String value) {
    return value == null
        ? null
        : switch (value.toLowerCase(Locale.ROOT)) {
          case "strict" -> "Strict";
          case "lax" -> "Lax";
          case "none" -> "None";
          default -> null;
        };
  }

  private @Nullable Instant expires(String[] parts) {
    String maxAge = attribute(parts, "max-age");
    if (maxAge != null && maxAge.matches("-?\\d{1,12}"))
      return visitStart.plusSeconds(Long.parseLong(maxAge));
    String date = attribute(parts, "expires");
    if (date == null) return null;
    try {
      return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeParseException e) {
      long seconds = new HttpCookieDate(date).seconds();
      return seconds < 0 ? null : Instant.ofEpochSecond(seconds);
    }
  }

  /** The other date forms of Set-Cookie, as the JDK reads them. */
  private record HttpCookieDate(String text) {
    long seconds() {
      try {
        long age = HttpCookie.parse("Set-Cookie: a=b; Expires=" + text).get(0).getMaxAge();
        return age < 0 ? -1 : Instant.now().getEpochSecond() + age;
      } catch (IllegalArgumentException e) {
        return -1;
      }
    }
  }
}
