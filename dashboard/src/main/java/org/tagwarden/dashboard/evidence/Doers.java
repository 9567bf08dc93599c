package org.tagwarden.dashboard.evidence;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.vendors.Recognition;
import org.tagwarden.collector.vendors.Tag;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.PageVisit;

/** Whose script, or whose request, did something on a visit. */
final class Doers {
  private final Map<String, Tag> byHash = new HashMap<>();
  private final Map<String, @Nullable Tag> byUrl = new HashMap<>();
  private final Map<Integer, @Nullable Tag> byRequest = new HashMap<>();

  Doers(PageVisit visit, Recognition recognition) {
    Map<String, Tag> byKey = new HashMap<>();
    for (Tag tag : recognition.tags()) {
      byKey.put(tag.key(), tag);
      for (String sha256 : tag.scriptHashes()) byHash.putIfAbsent(sha256, tag);
    }
    for (CapturedRequest request : visit.requests()) {
      Tag tag = byKey.get(recognition.tagKeyByRequest().get(request.id()));
      byRequest.put(request.id(), tag);
      byUrl.putIfAbsent(request.url(), tag);
    }
  }

  /** Whose script it is. */
  Doer ofScript(@Nullable String url, @Nullable String sha256) {
    Tag tag = sha256 == null ? null : byHash.get(sha256);
    if (tag != null) return Doer.of(tag);
    if (url == null) return Doer.NOBODY;
    Tag loaded = byUrl.get(url);
    return loaded == null ? Doer.SITE : Doer.of(loaded);
  }

  Doer ofRequest(int id) {
    Tag tag = byRequest.get(id);
    return tag == null ? Doer.SITE : Doer.of(tag);
  }
}
