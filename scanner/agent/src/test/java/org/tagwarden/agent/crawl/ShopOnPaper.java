package org.tagwarden.agent.crawl;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Addresses as real sites have them, made up by the thousand. */
final class ShopOnPaper {
  private static final String HOME = "https://www.shop.example/";
  private static final List<String> SHELVES =
      List.of("women", "men", "kids", "outdoor", "sale", "brands", "running", "city");
  private static final String[] ADJECTIVES = {
    "light", "warm", "blue", "quiet", "northern", "wide", "soft", "bright", "old", "rough"
  };
  private static final String[] NOUNS = {
    "runner", "boot", "sandal", "jacket", "lamp", "chair", "tent", "mug", "scarf", "bike"
  };

  private ShopOnPaper() {}

  /** So many titles of things, all different, the same every time. */
  static List<String> titles(int many, long seed) {
    Random random = new Random(seed);
    List<String> titles = new ArrayList<>();
    for (int i = 0; i < many; i++)
      titles.add(
          ADJECTIVES[random.nextInt(ADJECTIVES.length)]
              + "-"
              + NOUNS[random.nextInt(NOUNS.length)]
              + "-"
              + word(random)
              + (i % 3 == 0 ? "-" + i : ""));
    return titles.stream().distinct().toList();
  }

  /** A word that says nothing. */
  static String word(Random random) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < 4 + random.nextInt(5); i++) word.append((char) ('a' + random.nextInt(26)));
    return word.toString();
  }

  /** What a page of a shop with ten thousand products links to. */
  static List<String> linksOf(String url) {
    List<String> links = new ArrayList<>(List.of(HOME + "imprint", HOME + "terms", HOME + "cart"));
    for (String shelf : SHELVES) links.add(HOME + "collections/" + shelf);
    if (url.contains("/collections/")) {
      int shelf = Math.max(0, SHELVES.indexOf(url.replaceAll(".*/collections/([a-z]+).*", "$1")));
      for (String title : titles(1_250, shelf)) links.add(HOME + "products/" + title);
      for (int page = 2; page < 40; page++)
        links.add(HOME + "collections/" + SHELVES.get(shelf) + "?page=" + page);
    }
    if (url.contains("/products/"))
      for (String title : titles(20, url.hashCode())) links.add(HOME + "products/" + title);
    return links;
  }
}
