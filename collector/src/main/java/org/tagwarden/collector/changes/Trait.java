package org.tagwarden.collector.changes;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.vendors.Hosts;

/**
 * One thing that a visit showed and the next one should show, too. Subject and value never hold
 * what changes from load to load, so that an unchanged site always shows the same traits.
 *
 * @param subject what it is about: a script's subject, a host, a header's name
 * @param value what may change about it: a fingerprint, a header's value, a host that is contacted
 * @param tagKey the tag it belongs to; null for the site's own
 */
public record Trait(
    TraitKind kind, String subject, String value, @Nullable String tagKey, Facts facts) {
  /**
   * What a judge needs to know besides.
   *
   * @param script subject of the script that did it; for a tag the key of its loader
   * @param host the third party's host that it involves
   * @param sends whether what was contacted can take data along
   * @param sha256 of a script's bytes
   * @param evidence what was seen, a line each
   */
  public record Facts(
      @Nullable String script,
      @Nullable String host,
      boolean sends,
      @Nullable String sha256,
      List<String> evidence) {
    public Facts {
      evidence = List.copyOf(evidence);
    }

    static Facts seen(String... evidence) {
      return new Facts(null, null, false, null, List.of(evidence));
    }

    Facts by(@Nullable String newScript) {
      return new Facts(newScript, host, sends, sha256, evidence);
    }

    Facts at(@Nullable String newHost, boolean newSends) {
      return new Facts(script, newHost, newSends, sha256, evidence);
    }

    Facts bytes(@Nullable String newSha256) {
      return new Facts(script, host, sends, newSha256, evidence);
    }
  }

  /** The page that it belongs to; 0 for what is the same on every page. */
  int place(int pageId) {
    return kind == TraitKind.HEADER ? pageId : 0;
  }

  /** Its identity on its site. */
  UUID key(int pageId) {
    String text = kind + "\n" + place(pageId) + "\n" + subject + "\n" + value;
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What changes together: when new members keep coming to a family, another one is no news. A
   * cookie's family are the cookies of its domain, an inline script's those of its page.
   */
  String family(int pageId) {
    return switch (kind) {
      case INLINE -> "page " + pageId;
      case COOKIE -> subject.substring(subject.indexOf('@') + 1);
      case STORAGE -> subject.substring(subject.lastIndexOf(" of ") + 4);
      case HOST -> Hosts.registrableDomain(subject);
      case HEADER -> "page " + pageId + " " + subject;
      default -> subject;
    };
  }
}
