package org.tagwarden.collector.vendors;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.vendors.VendorFile.ProductEntry;

/**
 * The vendors and products that are known, compiled for look-up: our own URL patterns by host
 * suffix, under them the companies of third-party-web. Immutable and thread-safe.
 */
public final class VendorCatalog {
  private final Map<String, List<UrlPattern>> byHost = new HashMap<>();
  private final List<UrlPattern> anyHost = new ArrayList<>();
  private final Map<String, Product> byKey = new HashMap<>();
  private final BaseCatalog base;

  private VendorCatalog(Map<String, VendorFile> files) {
    Map<String, String> vendorByEntity = new HashMap<>();
    for (Map.Entry<String, VendorFile> file : files.entrySet()) {
      for (String entity : file.getValue().entities()) {
        vendorByEntity.put(entity, file.getValue().vendor());
      }
      for (ProductEntry entry : file.getValue().products()) {
        add(file.getKey(), file.getValue().vendor(), entry);
      }
    }
    byHost.values().forEach(patterns -> patterns.sort(UrlPattern.MOST_SPECIFIC_FIRST));
    anyHost.sort(UrlPattern.MOST_SPECIFIC_FIRST);
    base = new BaseCatalog(vendorByEntity);
  }

  /**
   * The catalogue that comes with Tagwarden, with the files of {@code folder} above it.
   *
   * @param folder further {@code *.yaml} files, which add vendors and replace those of the same id;
   *     null for none
   * @throws InvalidVendorFileException when a file cannot be used
   */
  public static VendorCatalog load(@Nullable Path folder) {
    Map<String, VendorFile> files = new LinkedHashMap<>(VendorFiles.packed());
    if (folder != null) {
      for (Map.Entry<String, VendorFile> own : VendorFiles.in(folder).entrySet()) {
        files.values().removeIf(packed -> packed.id().equals(own.getValue().id()));
        files.put(folder.resolve(own.getKey()).toString(), own.getValue());
      }
    }
    return new VendorCatalog(files);
  }

  /** A catalogue of these files alone, above third-party-web. */
  static VendorCatalog of(Map<String, VendorFile> files) {
    return new VendorCatalog(files);
  }

  /** How many products have patterns of their own. */
  public int products() {
    return byKey.size();
  }

  /** Vendors with products of their own, in alphabetical order. */
  public List<String> vendors() {
    TreeSet<String> names = new TreeSet<>();
    for (Product product : byKey.values()) names.add(product.vendor());
    return List.copyOf(names);
  }

  /** The key of the product that people call so, by its name or key; null when none is known. */
  public @Nullable String keyOf(String name) {
    for (Product product : byKey.values()) {
      if (product.name().equalsIgnoreCase(name) || product.key().equalsIgnoreCase(name)) {
        return product.key();
      }
    }
    return null;
  }

  /** The most specific product of a URL; else its company; else the host as an unknown one. */
  Product recognise(RequestUrl url) {
    Product product = product(url);
    if (product == null) product = base.of(url.host());
    return product == null ? Product.unknown(url.host()) : product;
  }

  private @Nullable Product product(RequestUrl url) {
    UrlPattern best = null;
    String domain = url.host();
    while (!domain.isEmpty()) {
      for (UrlPattern pattern : byHost.getOrDefault(domain, List.of())) {
        if (!pattern.matches(url)) continue;
        if (best == null || UrlPattern.MOST_SPECIFIC_FIRST.compare(pattern, best) < 0) {
          best = pattern;
        }
        break;
      }
      int dot = domain.indexOf('.');
      domain = dot < 0 ? "" : domain.substring(dot + 1);
    }
    if (best != null) return best.product();
    for (UrlPattern pattern : anyHost) if (pattern.matches(url)) return pattern.product();
    return null;
  }

  private void add(String file, String vendor, ProductEntry entry) {
    try {
      Product product =
          new Product(
              entry.id(),
              vendor,
              entry.name(),
              entry.category(),
              entry.tagManager(),
              false,
              entry.accountId().stream().map(VendorFile.AccountIdEntry::compile).toList(),
              entry.version() == null ? null : Pattern.compile(entry.version()));
      if (byKey.putIfAbsent(product.key(), product) != null) {
        throw new IllegalArgumentException("The product id \"" + entry.id() + "\" is taken.");
      }
      for (String url : entry.urls()) {
        UrlPattern pattern = UrlPattern.parse(url, product);
        if (pattern.host().isEmpty()) anyHost.add(pattern);
        else byHost.computeIfAbsent(pattern.host(), h -> new ArrayList<>()).add(pattern);
      }
    } catch (PatternSyntaxException e) {
      throw new InvalidVendorFileException(
          file
              + ": an account_id: or version: expression of \""
              + entry.id()
              + "\": "
              + e.getMessage(),
          e);
    } catch (IllegalArgumentException e) {
      throw new InvalidVendorFileException(file + ": " + e.getMessage(), e);
    }
  }
}
