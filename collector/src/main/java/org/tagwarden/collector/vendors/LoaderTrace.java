package org.tagwarden.collector.vendors;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.CapturedScript;
import org.tagwarden.report.Initiator;
import org.tagwarden.report.ResourceType;
import org.tagwarden.report.StackFrame;

/**
 * Finds what deployed a tag: from its first request up the initiators to the first document or
 * script that is not the tag's own. The initiator alone misleads in three ways that are looked
 * through here: monitoring and consent scripts that wrap {@code fetch} or {@code appendChild},
 * inline code that a container inserted, and a tag manager's code that another tag called.
 */
final class LoaderTrace {
  /**
   * Products of these kinds wrap the browser's functions: they pass calls on and deploy nothing.
   */
  private static final Set<Category> WRAPPERS =
      EnumSet.of(Category.ERROR_TRACKING, Category.SESSION_REPLAY, Category.CONSENT);

  private final Owners owners;

  LoaderTrace(Owners owners) {
    this.owners = owners;
  }

  /** What deployed the tag that made these requests: the first of them that can tell. */
  Loader of(List<CapturedRequest> requestsOfTag) {
    for (CapturedRequest request : requestsOfTag) {
      Loader loader = of(request, new HashSet<>());
      if (loader.method() != LoadMethod.UNKNOWN) return loader;
    }
    return Loader.UNKNOWN;
  }

  private Loader of(CapturedRequest request, Set<Integer> seen) {
    Product tag = owners.of(request);
    if (tag == null || !seen.add(request.id())) return Loader.UNKNOWN;
    Initiator initiator = request.initiator();
    boolean hop = request.redirectedFrom() != null || initiator.kind() == Initiator.Kind.REDIRECT;
    if (!hop) { // a hop inherits the stack of the first request, but the redirecting tag sent it
      Loader found = byStack(tag, initiator.stack());
      if (found != null) return found;
    }
    CapturedRequest origin = owners.request(originOf(request));
    boolean guessed = initiator.kind() == Initiator.Kind.UNKNOWN;
    if (origin == null) {
      return guessed ? Loader.UNKNOWN : byUrl(tag, owners.documentAround(request, initiator.url()));
    }
    Product owner = owners.of(origin);
    if (owner == null) return guessed ? Loader.UNKNOWN : Loader.site(origin.url());
    return owner.key().equals(tag.key()) ? of(origin, seen) : Loader.tag(owner, origin.url());
  }

  private static @Nullable Integer originOf(CapturedRequest request) {
    Integer hop = request.redirectedFrom();
    return hop != null ? hop : request.initiator().requestId();
  }

  private Loader byUrl(Product tag, @Nullable String url) {
    if (url == null || Hosts.of(url).isEmpty()) return Loader.UNKNOWN;
    Product owner = owners.ofUrl(url);
    if (owner == null) return Loader.site(url);
    return owner.key().equals(tag.key()) ? Loader.UNKNOWN : Loader.tag(owner, url);
  }

  /** The frame that tells who deployed the tag; null when all of them are the tag's own. */
  private @Nullable Loader byStack(Product tag, List<StackFrame> stack) {
    for (int i = 0; i < stack.size(); i++) {
      Place place = placeOf(stack.get(i));
      if (place == null || place.isOf(tag)) continue;
      Place below = nextForeign(tag, place, stack, i + 1);
      if (below == null) return place.loader();
      if (place.owner == null) {
        boolean inserted = place.inline && below.owner != null && below.owner.tagManager();
        return inserted ? below.loader() : place.loader();
      }
      if (WRAPPERS.contains(place.owner.category())) continue;
      return place.owner.tagManager() && isCaller(below, stack, i)
          ? below.loader()
          : place.loader();
    }
    return null;
  }

  /** Whether that other tag used the tag manager's code, rather than sent it an event. */
  private boolean isCaller(Place below, List<StackFrame> stack, int from) {
    if (below.owner == null || below.owner.tagManager()) return false;
    if (WRAPPERS.contains(below.owner.category())) return false;
    StackFrame called = stack.get(from);
    for (int i = from; i < stack.size(); i++) {
      Place place = placeOf(stack.get(i));
      if (place != null && place.isOf(below.owner)) break;
      called = stack.get(i);
    }
    String function = called.function().toLowerCase(Locale.ROOT);
    return called.async() == null && !function.endsWith("push") && !function.endsWith("track");
  }

  private @Nullable Place nextForeign(Product tag, Place not, List<StackFrame> stack, int from) {
    for (int i = from; i < stack.size(); i++) {
      Place place = placeOf(stack.get(i));
      if (place != null && !place.isOf(tag) && !place.sameOwner(not)) return place;
    }
    return null;
  }

  /** Whose code a frame is in; null for frames without a place (native code). */
  private @Nullable Place placeOf(StackFrame frame) {
    CapturedScript inline = owners.inline(frame.scriptSha256());
    if (inline != null && inline.createdBy() != null) {
      String creator = inline.createdBy();
      return new Place(owners.ofUrl(creator), creator, false);
    }
    if (Hosts.of(frame.url()).isEmpty()) return null;
    Product owner = owners.ofUrl(frame.url());
    boolean standsInDocument = inline != null;
    CapturedRequest request = owners.requestAt(frame.url());
    boolean document = request != null && request.type() == ResourceType.DOCUMENT;
    return new Place(owner, frame.url(), document && !standsInDocument);
  }

  /**
   * Where a frame stands.
   *
   * @param owner null for the site
   * @param inline whether it is inline code of which nobody knows how it got into the document
   */
  private record Place(@Nullable Product owner, String url, boolean inline) {
    boolean isOf(Product tag) {
      return owner != null && owner.key().equals(tag.key());
    }

    boolean sameOwner(Place other) {
      return owner == null ? other.owner == null : other.isOf(owner);
    }

    Loader loader() {
      return owner == null ? Loader.site(url) : Loader.tag(owner, url);
    }
  }
}
