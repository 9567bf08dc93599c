package org.tagwarden.collector.vendors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.net.InternetDomainName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The companies of third-party-web by domain: whose a host is when no product of our own matches.
 */
final class BaseCatalog {
  private static final Map<String, Category> CATEGORIES =
      Map.ofEntries(
          Map.entry("ad", Category.ADVERTISING),
          Map.entry("analytics", Category.ANALYTICS),
          Map.entry("cdn", Category.CDN),
          Map.entry("consent-provider", Category.CONSENT),
          Map.entry("content", Category.OTHER),
          Map.entry("customer-success", Category.CHAT),
          Map.entry("hosting", Category.CDN),
          Map.entry("marketing", Category.MARKETING_AUTOMATION),
          Map.entry("other", Category.OTHER),
          Map.entry("social", Category.SOCIAL),
          Map.entry("tag-manager", Category.TAG_MANAGER),
          Map.entry("utility", Category.OTHER),
          Map.entry("video", Category.VIDEO));

  private final Map<String, Product> exact = new HashMap<>();
  private final Map<String, Product> subdomains = new HashMap<>();

  /**
   * @param vendorByEntity the vendor's name in our own files, by name in third-party-web
   */
  BaseCatalog(Map<String, String> vendorByEntity) {
    try (InputStream json = VendorFiles.base()) {
      for (JsonNode entity : JsonMapper.builder().build().readTree(json)) {
        add(entity, vendorByEntity);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whose that host is, or null. What anybody can rent (cloudfront.net) is nobody's. */
  @Nullable Product of(String host) {
    Product product = exact.get(host);
    String domain = host;
    while (product == null && !domain.isEmpty()) {
      if (isRented(domain, host)) return null;
      product = subdomains.get(domain);
      int dot = domain.indexOf('.');
      domain = dot < 0 ? "" : domain.substring(dot + 1);
    }
    return product;
  }

  int size() {
    return exact.size() + subdomains.size();
  }

  private void add(JsonNode entity, Map<String, String> vendorByEntity) {
    String name = entity.path("name").asText();
    String company = entity.path("company").asText(name);
    String vendor = vendorByEntity.getOrDefault(name, company);
    Category category =
        Objects.requireNonNullElse(
            CATEGORIES.get(entity.path("category").asText()), Category.OTHER);
    Product product =
        new Product("vendor:" + slug(name), vendor, name, category, false, true, List.of(), null);
    for (JsonNode domain : entity.path("domains")) {
      String text = domain.asText().toLowerCase(Locale.ROOT);
      if (text.startsWith("*.")) subdomains.putIfAbsent(text.substring(2), product);
      else exact.putIfAbsent(text, product);
    }
  }

  /** Whether {@code domain} is a suffix below which {@code host} belongs to a customer. */
  private static boolean isRented(String domain, String host) {
    if (domain.equals(host) || !InternetDomainName.isValid(domain)) return false;
    InternetDomainName name = InternetDomainName.from(domain);
    return name.isPublicSuffix() && !name.isRegistrySuffix();
  }

  /** "Google/Doubleclick Ads" becomes "google-doubleclick-ads". */
  static String slug(String name) {
    String ascii = Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
    String dashed = ascii.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String slug = dashed.replaceAll("^-|-$", "");
    return slug.isEmpty() ? "unnamed" : slug;
  }
}
