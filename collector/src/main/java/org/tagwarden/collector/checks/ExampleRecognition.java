package org.tagwarden.collector.checks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.vendors.Category;
import org.tagwarden.collector.vendors.Hosts;
import org.tagwarden.collector.vendors.LoadMethod;
import org.tagwarden.collector.vendors.Recognition;
import org.tagwarden.collector.vendors.Tag;
import org.tagwarden.report.CapturedRequest;

/** Recognition of an {@link ExampleVisit}, without a catalogue of vendors. */
final class ExampleRecognition {
  private ExampleRecognition() {}

  /** Each third-party host is a tag, named or unknown; so is a host of the site's own if named. */
  static Recognition of(String page, List<CapturedRequest> all, Map<String, Tag> namedTags) {
    Map<String, List<CapturedRequest>> byHost = new LinkedHashMap<>();
    String own = Hosts.registrableDomain(Hosts.of(page));
    for (CapturedRequest request : all) {
      String host = Hosts.of(request.url());
      boolean isOwn = Hosts.registrableDomain(host).equals(own) && !namedTags.containsKey(host);
      if (host.isEmpty() || isOwn) continue;
      byHost.computeIfAbsent(host, h -> new ArrayList<>()).add(request);
    }
    Map<Integer, String> keys = new HashMap<>();
    List<Tag> tags = new ArrayList<>();
    byHost.forEach(
        (host, of) -> {
          Tag tag = tagOf(page, host, of, namedTags.get(host));
          tags.add(tag);
          for (CapturedRequest request : of) keys.put(request.id(), tag.key());
        });
    return new Recognition(tags, keys);
  }

  private static Tag tagOf(
      String page, String host, List<CapturedRequest> of, @Nullable Tag named) {
    List<Integer> ids = of.stream().map(CapturedRequest::id).toList();
    if (named == null) {
      return new Tag(
          "host:" + host,
          host,
          host,
          Category.UNKNOWN,
          false,
          List.of(),
          LoadMethod.HARD_CODED,
          null,
          page,
          null,
          ids,
          List.of(host),
          List.of(),
          Map.of(),
          0);
    }
    return new Tag(
        named.key(),
        named.vendor(),
        named.product(),
        named.category(),
        true,
        named.accountIds(),
        named.loadMethod(),
        null,
        page,
        null,
        ids,
        List.of(host),
        List.of(),
        Map.of(),
        0);
  }
}
