package org.tagwarden.dashboard.program;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.tagwarden.collector.vendors.Recognition;
import org.tagwarden.collector.vendors.Tag;

/**
 * Which tags a page of the playground holds and who deployed each, as {@code PAGE.tags} beside the
 * page says: key, load method, account ids, then {@code by=} the loader's key (several where either
 * may be first, with a bar between) and {@code container=} its id.
 */
record ExpectedTags(List<String> lines) {
  private static final Path PAGES =
      Path.of("..", "scanner", "playground", "src", "main", "resources", "internet");

  static ExpectedTags of(String page) throws IOException {
    URI url = URI.create(page);
    String name = url.getPath().endsWith("/") ? "index" : url.getPath().substring(1);
    return new ExpectedTags(
        Files.readAllLines(PAGES.resolve(url.getHost()).resolve(name + ".tags")).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .toList());
  }

  /** What recognition made of it otherwise, a sentence each. */
  List<String> complaints(Recognition recognition) {
    List<String> complaints = new ArrayList<>();
    Set<String> unexpected = new TreeSet<>();
    recognition.tags().forEach(tag -> unexpected.add(tag.key()));
    for (String line : lines) {
      String key = line.split(" ", -1)[0];
      unexpected.remove(key);
      Tag tag =
          recognition.tags().stream().filter(t -> t.key().equals(key)).findFirst().orElse(null);
      if (tag == null) complaints.add("\"" + line + "\" was not found");
      else if (!agrees(line, tag, recognition))
        complaints.add(
            "\""
                + line
                + "\" was found as "
                + tag.loadMethod()
                + " by "
                + tag.loaderKey()
                + " at "
                + tag.loaderUrl()
                + " with "
                + tag.accountIds());
    }
    for (String key : unexpected) complaints.add(key + " is a tag that nobody expected");
    return complaints;
  }

  private static boolean agrees(String line, Tag tag, Recognition recognition) {
    String[] words = line.split(" ", -1);
    if (!tag.loadMethod().name().equals(words[1])) return false;
    boolean loader = false;
    for (int i = 2; i < words.length; i++) {
      String word = words[i];
      if (word.startsWith("by=")) {
        loader = List.of(word.substring(3).split("\\|", -1)).contains(tag.loaderKey());
        if (!loader) return false;
      } else if (word.startsWith("container=")) {
        if (!isContainer(word.substring(10), tag, recognition)) return false;
      } else if (!tag.accountIds().contains(word)) return false;
    }
    return loader || tag.loaderKey() == null;
  }

  /** The loader's URL carries its id, and its tag tells the published version. */
  private static boolean isContainer(String id, Tag tag, Recognition recognition) {
    if (tag.loaderUrl() == null || !tag.loaderUrl().contains("id=" + id)) return false;
    if (tag.container() == null || !tag.container().id().equals(id)) return false;
    return recognition.tags().stream()
        .filter(t -> t.key().equals(tag.loaderKey()))
        .anyMatch(t -> t.versions().containsKey(id));
  }
}
