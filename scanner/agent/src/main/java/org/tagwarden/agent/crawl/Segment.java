package org.tagwarden.agent.crawl;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One part of a path, by what it looks like.
 *
 * @param text as it is, or a placeholder for what says nothing about the kind of page
 */
record Segment(Kind kind, String text) {
  /** What a part looks like. */
  enum Kind {
    /** A language or country. */
    LOCALE,
    /** A year, month or day. */
    DATE,
    /** A number, hash or code. */
    ID,
    /** Several words, as titles of things become. */
    SLUG,
    /** A word, as names of sections are. */
    WORD
  }

  private static final Set<String> LANGUAGES =
      Arrays.stream(Locale.getISOLanguages()).collect(Collectors.toUnmodifiableSet());
  private static final Set<String> COUNTRIES =
      Arrays.stream(Locale.getISOCountries()).collect(Collectors.toUnmodifiableSet());
  private static final Pattern LOCALE = Pattern.compile("[a-z]{2}(?:[-_][a-zA-Z]{2})?");
  private static final Pattern DATE =
      Pattern.compile("(?:19|20)\\d\\d(?:[-_.]?(?:0[1-9]|1[0-2])(?:[-_.]?[0-3]\\d)?)?");
  private static final Pattern DAY =
      Pattern.compile("[0-3]?\\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern NUMBERED = Pattern.compile("[a-z]{0,3}[-_]?\\d+|[0-9a-f]{12,}");
  private static final Pattern CODE = Pattern.compile("(?=.*\\d)(?=.*[A-Za-z])[A-Za-z0-9]{6,}");
  private static final int LONG_WORD = 24;

  /**
   * @param position how many parts stand before it
   * @param afterDate whether the one before is a date
   */
  static Segment of(String raw, int position, boolean afterDate) {
    int dot = raw.lastIndexOf('.');
    boolean file = dot > 0 && raw.length() - dot <= 6;
    String name = file ? raw.substring(0, dot) : raw;
    String ending = file ? raw.substring(dot) : "";
    String lower = name.toLowerCase(Locale.ROOT);
    if (position < 2 && isLocale(name)) return new Segment(Kind.LOCALE, "{locale}" + ending);
    if (DATE.matcher(lower).matches() || (afterDate && DAY.matcher(lower).matches()))
      return new Segment(Kind.DATE, "{date}" + ending);
    boolean id =
        UUID.matcher(lower).matches()
            || NUMBERED.matcher(lower).matches()
            || CODE.matcher(name).matches();
    if (id) return new Segment(Kind.ID, "{id}" + ending);
    boolean slug =
        name.indexOf('-') > 0
            || name.indexOf('_') > 0
            || name.indexOf('+') > 0
            || name.contains("%")
            || name.contains(",")
            || name.length() > LONG_WORD;
    return new Segment(slug ? Kind.SLUG : Kind.WORD, raw);
  }

  /** Two letters are a locale only where they stand for a language or a country. */
  private static boolean isLocale(String name) {
    if (!LOCALE.matcher(name).matches()) return false;
    boolean language = LANGUAGES.contains(name.substring(0, 2));
    boolean country = COUNTRIES.contains(name.substring(0, 2).toUpperCase(Locale.ROOT));
    if (name.length() == 2) return language || country;
    return language && COUNTRIES.contains(name.substring(3).toUpperCase(Locale.ROOT));
  }

  String ending() {
    int dot = text.lastIndexOf('.');
    return dot > 0 && text.length() - dot <= 6 ? text.substring(dot) : "";
  }
}
