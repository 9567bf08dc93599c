package org.tagwarden.collector.vendors;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.vendors.AccountIdPattern.Part;

/**
 * One file of {@code configs/vendors}: a vendor and its products. The README there explains each
 * key.
 */
record VendorFile(
    String id,
    String vendor,
    @Nullable String website,
    List<String> entities,
    List<ProductEntry> products) {

  private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final ObjectMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .build();

  /** A product of the vendor. */
  record ProductEntry(
      String id,
      String name,
      Category category,
      boolean tagManager,
      List<String> urls,
      List<AccountIdEntry> accountId,
      @Nullable String version,
      List<ExampleEntry> matches,
      List<String> doesNotMatch) {
    ProductEntry {
      requireId(id, "product");
      require(name, "The product \"" + id + "\" needs a name.");
      require(category, "The product \"" + id + "\" needs a category.");
      urls = urls == null ? List.of() : List.copyOf(urls);
      accountId = accountId == null ? List.of() : List.copyOf(accountId);
      matches = matches == null ? List.of() : List.copyOf(matches);
      doesNotMatch = doesNotMatch == null ? List.of() : List.copyOf(doesNotMatch);
      if (urls.isEmpty() || matches.isEmpty()) {
        throw new IllegalArgumentException(
            "The product \"" + id + "\" needs urls: and, as proof, matches:.");
      }
    }
  }

  /** Where the account id stands: exactly one of query, path and host. */
  record AccountIdEntry(
      @Nullable String query,
      @Nullable String path,
      @Nullable String host,
      @Nullable String like,
      @Nullable String prefix) {
    AccountIdEntry {
      long parts = Stream.of(query, path, host).filter(Objects::nonNull).count();
      if (parts != 1 || (like != null && query == null)) {
        throw new IllegalArgumentException(
            "An account_id: entry names exactly one of query:, path: and host:, and like: only beside query:.");
      }
    }

    AccountIdPattern compile() {
      if (query != null) {
        return pattern(Part.QUERY, like == null ? "[A-Za-z0-9_.:-]{1,64}" : like);
      }
      return path != null
          ? pattern(Part.PATH, path)
          : pattern(Part.HOST, Objects.requireNonNull(host));
    }

    private AccountIdPattern pattern(Part part, String regex) {
      return new AccountIdPattern(
          part, query, Pattern.compile(regex), prefix == null ? "" : prefix);
    }
  }

  /** A URL that the product must be recognised by, with the account id that it carries. */
  record ExampleEntry(String url, @Nullable String accountId) {
    ExampleEntry {
      require(url, "Each entry of matches: is a URL, or url: and account_id:.");
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ExampleEntry of(Object plainOrMap) {
      if (plainOrMap instanceof String url) return new ExampleEntry(url, null);
      if (plainOrMap instanceof Map<?, ?> map) {
        for (Object key : map.keySet()) {
          if (!key.equals("url") && !key.equals("account_id")) {
            throw new IllegalArgumentException(
                "An entry of matches: knows url: and account_id:, not \"" + key + "\".");
          }
        }
        Object id = map.get("account_id");
        return new ExampleEntry(
            String.valueOf(map.get("url")), id == null ? null : String.valueOf(id));
      }
      throw new IllegalArgumentException(
          "Each entry of matches: is a URL, or url: and account_id:.");
    }
  }

  VendorFile {
    requireId(id, "vendor");
    require(vendor, "A vendor file needs vendor:, the company's name.");
    entities = entities == null ? List.of() : List.copyOf(entities);
    products = products == null ? List.of() : List.copyOf(products);
    if (products.isEmpty()) throw new IllegalArgumentException("A vendor file needs products:.");
  }

  /** Reads a file; whatever is wrong with it is said with the file's name and the line. */
  static VendorFile read(String fileName, String yaml) {
    try {
      VendorFile file = YAML.readValue(yaml, VendorFile.class);
      if (file == null) throw new InvalidVendorFileException(fileName + ": the file is empty.");
      return file;
    } catch (UnrecognizedPropertyException e) {
      throw new InvalidVendorFileException(
          place(fileName, keyLocation(yaml, e))
              + "the key \""
              + e.getPropertyName()
              + "\" is not known here; known are "
              + e.getKnownPropertyIds()
              + ".",
          e);
    } catch (JsonMappingException e) {
      Throwable cause = e.getCause() instanceof IllegalArgumentException ? e.getCause() : e;
      String said =
          cause instanceof JsonProcessingException json
              ? json.getOriginalMessage()
              : String.valueOf(cause.getMessage());
      throw new InvalidVendorFileException(place(fileName, e.getLocation()) + said, e);
    } catch (JsonProcessingException e) {
      throw new InvalidVendorFileException(
          place(fileName, e.getLocation()) + e.getOriginalMessage(), e);
    }
  }

  /** Where the key stands: Jackson finds it out only after it has read the whole entry. */
  private static @Nullable JsonLocation keyLocation(String yaml, JsonMappingException e) {
    StringBuilder wanted = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      wanted
          .append('/')
          .append(step.getFieldName() == null ? step.getIndex() : step.getFieldName());
    }
    try (JsonParser tokens = YAML.createParser(yaml)) {
      for (JsonToken token = tokens.nextToken(); token != null; token = tokens.nextToken()) {
        String place = tokens.getParsingContext().pathAsPointer().toString();
        if (token == JsonToken.FIELD_NAME && place.contentEquals(wanted)) {
          return tokens.currentTokenLocation();
        }
      }
    } catch (IOException unreadable) { // it was readable a moment ago: fall through to Jackson's
      return e.getLocation();
    }
    return e.getLocation();
  }

  private static String place(String fileName, @Nullable JsonLocation location) {
    return location == null ? fileName + ": " : fileName + ", line " + location.getLineNr() + ": ";
  }

  private static void requireId(@Nullable String id, String what) {
    if (id == null || !ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "A " + what + " needs an id of lower-case letters, digits and dashes.");
    }
  }

  private static void require(@Nullable Object value, String sentence) {
    if (value == null || value.toString().isBlank()) throw new IllegalArgumentException(sentence);
  }
}
