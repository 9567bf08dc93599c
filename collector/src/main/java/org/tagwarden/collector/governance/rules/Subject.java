package org.tagwarden.collector.governance.rules;

import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.tagwarden.collector.Refusal;

/**
 * What an authorization is about.
 *
 * @param value a company's name; a tag's key; a host or {@code *.domain}; host and path with {@code
 *     *}; or a SHA-256 in lower-case hex
 */
public record Subject(Kind kind, String value) {
  /** The later, the more specific. */
  public enum Kind {
    VENDOR,
    PRODUCT,
    HOST,
    URL,
    SCRIPT;

    /** For people, at the head of a line. */
    public String label() {
      return switch (this) {
        case VENDOR -> "Vendor";
        case PRODUCT -> "Product";
        case HOST -> "Host";
        case URL -> "URL pattern";
        case SCRIPT -> "One script";
      };
    }

    /** As policies write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern KEY = Pattern.compile("\\S{1,300}");
  private static final String HOST_KEY = "host:";
  private static final int LONGEST = 500;

  public Subject {
    value = value.strip();
    if (value.isEmpty() || value.length() > LONGEST) {
      throw Refusal.invalid("subject", "Say what it is about, in at most " + LONGEST + " signs.");
    }
    try {
      value =
          switch (kind) {
            case VENDOR -> value;
            case PRODUCT -> key(value);
            case HOST -> HostPattern.parse(value).text();
            case URL -> AddressPattern.parse(value).text();
            case SCRIPT -> sha256(value);
          };
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid("subject", String.valueOf(e.getMessage()));
    }
  }

  /** A tag of the inventory: its host where nobody knows the tag, else its product. */
  public static Subject ofTag(String tagKey) {
    if (tagKey.startsWith(HOST_KEY)) {
      String host = tagKey.substring(HOST_KEY.length());
      try {
        if (HostPattern.parse(host).text().equals(host)) return new Subject(Kind.HOST, host);
      } catch (IllegalArgumentException e) {
        // an address that no pattern can say: its key says it
      }
    }
    return new Subject(Kind.PRODUCT, tagKey);
  }

  /** One script, whatever its address. */
  public static Subject script(String sha256) {
    return new Subject(Kind.SCRIPT, sha256);
  }

  /** For people and for the audit trail. */
  public String label() {
    return kind.word() + " " + value;
  }

  /** Within a kind: the more, the more specific. */
  int specificity() {
    return switch (kind) {
      case HOST -> HostPattern.parse(value).specificity();
      case URL -> AddressPattern.parse(value).specificity();
      case VENDOR, PRODUCT, SCRIPT -> 0;
    };
  }

  /** Whether it is about that; patterns are read once, here. */
  public Predicate<Occurrence> matcher() {
    return switch (kind) {
      case VENDOR -> what -> what.vendor().equalsIgnoreCase(value);
      case PRODUCT -> what -> what.tagKey().equals(value);
      case SCRIPT -> what -> value.equals(what.sha256());
      case HOST -> {
        HostPattern host = HostPattern.parse(value);
        yield what ->
            host.matches(what.host())
                || (what.tagKey().startsWith(HOST_KEY)
                    && host.matches(what.tagKey().substring(HOST_KEY.length())));
      }
      case URL -> {
        AddressPattern address = AddressPattern.parse(value);
        yield what -> what.url() != null && address.matches(what.url());
      }
    };
  }

  private static String key(String text) {
    if (KEY.matcher(text).matches()) return text;
    throw new IllegalArgumentException(
        "A product is named by its tag's key, as the inventory shows it: \"hotjar\".");
  }

  private static String sha256(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (SHA256.matcher(lower).matches()) return lower;
    throw new IllegalArgumentException("A script is named by the 64 hex digits of its SHA-256.");
  }
}
