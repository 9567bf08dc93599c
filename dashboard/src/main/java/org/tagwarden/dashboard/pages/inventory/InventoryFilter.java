package org.tagwarden.dashboard.pages.inventory;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.tagwarden.dashboard.web.Request;

/**
 * What is shown and in which order, as the URL says it: a filtered inventory can be bookmarked and
 * sent around.
 *
 * @param state "" for all that run now, "open" for what is not approved, a state, or "gone"
 * @param sort a column; "" for what needs attention first
 */
public record InventoryFilter(
    String search, String category, String state, String load, String sort, boolean descending) {
  private static final List<String> OPEN_FIRST =
      List.of("REFUSED", "UNDECIDED", "PARTLY", "PENDING", "APPROVED");

  static InventoryFilter of(Request request) {
    return new InventoryFilter(
        request.text("q"),
        request.text("category"),
        request.text("state"),
        request.text("load"),
        request.text("sort"),
        request.text("dir").equals("desc"));
  }

  /** Whether anything is left out. */
  public boolean narrows() {
    return !(search.isEmpty() && category.isEmpty() && state.isEmpty() && load.isEmpty());
  }

  boolean accepts(TagRow tag) {
    return tag.gone() == state.equals("gone")
        && (state.isEmpty()
            || state.equals("gone")
            || (state.equals("open") ? tag.notApproved() : tag.state().equalsIgnoreCase(state)))
        && (category.isEmpty() || tag.category().equals(category))
        && (load.isEmpty() || tag.loadMethod().equals(load))
        && (search.isEmpty() || text(tag).contains(search.toLowerCase(Locale.ROOT)));
  }

  private static String text(TagRow tag) {
    String text =
        tag.vendor()
            + " "
            + tag.product()
            + " "
            + tag.key()
            + " "
            + String.join(" ", tag.accountIds());
    return text.toLowerCase(Locale.ROOT);
  }

  Comparator<TagRow> order() {
    Comparator<TagRow> order =
        switch (sort) {
          case "product" -> Comparator.comparing(tag -> tag.product().toLowerCase(Locale.ROOT));
          case "category" -> Comparator.comparing(TagRow::category);
          case "load" -> Comparator.comparing(TagRow::loadMethod);
          case "pages" -> Comparator.comparingInt(TagRow::pages);
          case "requests" -> Comparator.comparingLong(TagRow::requests);
          case "bytes" -> Comparator.comparingLong(TagRow::bytes);
          case "first" -> Comparator.comparing(TagRow::firstSeen);
          case "last" -> Comparator.comparing(TagRow::lastSeen);
          case "state" -> Comparator.comparingInt(tag -> OPEN_FIRST.indexOf(tag.state()));
          default ->
              Comparator.<TagRow>comparingInt(tag -> OPEN_FIRST.indexOf(tag.state()))
                  .thenComparing(Comparator.comparingLong(TagRow::requests).reversed());
        };
    if (descending) order = order.reversed();
    return order.thenComparing(TagRow::product).thenComparingInt(TagRow::id);
  }

  /** The query that sorts by a column; by the same again, the other way round. */
  public String sortedBy(String column) {
    boolean numbers = List.of("pages", "requests", "bytes", "first", "last").contains(column);
    boolean down = sort.equals(column) ? !descending : numbers;
    return new InventoryFilter(search, category, state, load, column, down).query();
  }

  /** For aria-sort; null when it is not this column. */
  public @org.jspecify.annotations.Nullable String direction(String column) {
    if (!sort.equals(column)) return null;
    return descending ? "descending" : "ascending";
  }

  /** As a URL's query, "" when nothing is chosen. */
  public String query() {
    List<String> parts = new ArrayList<>();
    add(parts, "q", search);
    add(parts, "category", category);
    add(parts, "state", state);
    add(parts, "load", load);
    add(parts, "sort", sort);
    if (descending) parts.add("dir=desc");
    return parts.isEmpty() ? "" : "?" + String.join("&", parts);
  }

  private static void add(List<String> parts, String name, String value) {
    if (!value.isEmpty()) parts.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
  }
}
