package org.tagwarden.collector.vendors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tagwarden.collector.vendors.VendorFile.ExampleEntry;
import org.tagwarden.collector.vendors.VendorFile.ProductEntry;

/** Runs every example of {@code configs/vendors}. */
class VendorExamplesTest {
  private static final Map<String, VendorFile> FILES = VendorFiles.packed();
  private static final VendorCatalog CATALOG = VendorCatalog.load(null);

  @TestFactory
  Stream<DynamicTest> everyExampleUrlIsRecognisedAsItsProduct() {
    return products()
        .flatMap(
            product ->
                product.matches().stream()
                    .map(
                        example ->
                            DynamicTest.dynamicTest(
                                product.id() + " <- " + example.url(),
                                () -> assertRecognised(product, example))));
  }

  @TestFactory
  Stream<DynamicTest> noCounterExampleIsRecognisedAsItsProduct() {
    return products()
        .flatMap(
            product ->
                product.doesNotMatch().stream()
                    .map(
                        url ->
                            DynamicTest.dynamicTest(
                                product.id() + " <> " + url,
                                () ->
                                    assertThat(recognise(url).key()).isNotEqualTo(product.id()))));
  }

  @Test
  void everyProductSaysWhatItIsNot() {
    assertThat(products().filter(p -> p.doesNotMatch().isEmpty()).map(ProductEntry::id)).isEmpty();
  }

  @Test
  void everyAccountIdPatternIsProvenByAnExample() {
    List<String> unproven = new ArrayList<>();
    products()
        .filter(p -> !p.accountId().isEmpty())
        .filter(p -> p.matches().stream().allMatch(e -> e.accountId() == null))
        .forEach(p -> unproven.add(p.id()));
    assertThat(unproven).isEmpty();
  }

  @Test
  void theKindsOfTagThatPeopleMeetMostAreCovered() {
    Map<Category, Integer> count = new EnumMap<>(Category.class);
    products().forEach(p -> count.merge(p.category(), 1, Integer::sum));
    assertThat(CATALOG.products()).isGreaterThanOrEqualTo(60);
    for (Category category : Category.values()) {
      if (category != Category.UNKNOWN) assertThat(count).containsKey(category);
    }
  }

  @Test
  void everyEntityNamedInAFileExistsInThirdPartyWeb() throws IOException {
    Set<String> known = new HashSet<>();
    for (JsonNode entity : JsonMapper.builder().build().readTree(VendorFiles.base())) {
      known.add(entity.path("name").asText());
    }
    assertThat(known)
        .containsAll(FILES.values().stream().flatMap(f -> f.entities().stream()).toList());
  }

  @Test
  void vendorIdsAreUniqueAndNameTheirFile() {
    assertThat(FILES).allSatisfy((name, file) -> assertThat(name).isEqualTo(file.id() + ".yaml"));
  }

  private static void assertRecognised(ProductEntry product, ExampleEntry example) {
    Product found = recognise(example.url());
    assertThat(found.key()).isEqualTo(product.id());
    if (example.accountId() == null) return;
    RequestUrl url = RequestUrl.of(example.url());
    List<String> ids = new ArrayList<>();
    for (AccountIdPattern pattern : found.accountIds()) {
      String id = pattern.find(url);
      if (id != null) ids.add(id);
    }
    assertThat(ids).contains(example.accountId());
  }

  private static Product recognise(String url) {
    return CATALOG.recognise(RequestUrl.of(url));
  }

  private static Stream<ProductEntry> products() {
    return FILES.values().stream().flatMap(file -> file.products().stream());
  }
}
