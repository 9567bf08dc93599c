package org.tagwarden.collector.vendors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VendorFileTest {
  private static final String ACME =
      """
      id: acme
      vendor: Acme
      products:
        - id: acme-tag
          name: Acme Tag
          category: ANALYTICS
          urls: [cdn.acme.example]
          matches: [https://cdn.acme.example/a.js]
      """;

  @Test
  void anUnknownKeyIsRefusedWithFileLineAndTheKnownKeys() {
    String yaml = ACME.replace("urls:", "hosts: [x]\n    urls:");
    assertThatThrownBy(() -> VendorFile.read("acme.yaml", yaml))
        .isInstanceOf(InvalidVendorFileException.class)
        .hasMessageContaining("acme.yaml, line 7:")
        .hasMessageContaining("\"hosts\" is not known")
        .hasMessageContaining("urls");
  }

  @Test
  void anUnknownKeyInAnExampleIsRefused() {
    String yaml = ACME.replace("[https://cdn.acme.example/a.js]", "[{url: x, acount_id: y}]");
    assertThatThrownBy(() -> VendorFile.read("acme.yaml", yaml))
        .hasMessageContaining("acme.yaml, line 8:")
        .hasMessageContaining("acount_id");
  }

  @Test
  void aCategoryThatDoesNotExistIsRefusedWithItsLine() {
    String yaml = ACME.replace("ANALYTICS", "ANALYSIS");
    assertThatThrownBy(() -> VendorFile.read("acme.yaml", yaml))
        .hasMessageContaining("acme.yaml, line 6:")
        .hasMessageContaining("ANALYSIS");
  }

  @Test
  void aKeyGivenTwiceIsRefused() {
    assertThatThrownBy(() -> VendorFile.read("acme.yaml", ACME + "vendor: Other\n"))
        .isInstanceOf(InvalidVendorFileException.class)
        .hasMessageContaining("acme.yaml, line 9:");
  }

  @Test
  void aProductWithoutUrlsIsRefused() {
    String yaml = ACME.replace("    urls: [cdn.acme.example]\n", "");
    assertThatThrownBy(() -> VendorFile.read("acme.yaml", yaml))
        .hasMessageContaining("The product \"acme-tag\" needs urls:");
  }

  @Test
  void anEmptyFileAndBrokenYamlAreRefused() {
    assertThatThrownBy(() -> VendorFile.read("empty.yaml", ""))
        .isInstanceOf(InvalidVendorFileException.class)
        .hasMessageContaining("empty.yaml");
    assertThatThrownBy(() -> VendorFile.read("broken.yaml", "id: [a\nb: }"))
        .isInstanceOf(InvalidVendorFileException.class)
        .hasMessageContaining("broken.yaml, line");
  }

  @Test
  void aPatternWithSchemeOrForEveryUrlIsRefused() {
    for (String pattern : new String[] {"https://cdn.acme.example/", "\"*/\"", "a*.example"}) {
      VendorFile file =
          VendorFile.read(
              "acme.yaml", ACME.replace("cdn.acme.example]\n    m", pattern + "]\n    m"));
      assertThatThrownBy(() -> VendorCatalog.of(Map.of("acme.yaml", file)))
          .isInstanceOf(InvalidVendorFileException.class)
          .hasMessageContaining("acme.yaml: The URL pattern");
    }
  }

  @Test
  void aFolderAddsVendorsAndReplacesThoseOfTheSameId(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("acme.yaml"), ACME);
    Files.writeString(
        folder.resolve("ours.yaml"),
        ACME.replace("id: acme\n", "id: hotjar\n")
            .replace("acme-tag", "hotjar-ours")
            .replace("cdn.acme.example", "static.hotjar.com"));
    VendorCatalog catalog = VendorCatalog.load(folder);
    assertThat(catalog.recognise(RequestUrl.of("https://cdn.acme.example/x")).key())
        .isEqualTo("acme-tag");
    assertThat(catalog.recognise(RequestUrl.of("https://static.hotjar.com/c/hotjar-1.js")).key())
        .isEqualTo("hotjar-ours");
    assertThat(catalog.recognise(RequestUrl.of("https://script.hotjar.com/m.js")).key())
        .isEqualTo("vendor:hotjar");
  }

  @Test
  void aFileInAFolderReplacesNoOtherVendorByItsName(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("hotjar.yaml"), ACME);
    VendorCatalog catalog = VendorCatalog.load(folder);
    assertThat(catalog.vendors()).contains("Acme", "Hotjar");
  }

  @Test
  void aProductIdThatIsTakenIsRefusedWithTheFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("acme.yaml");
    Files.writeString(file, ACME.replace("acme-tag", "hotjar"));
    assertThatThrownBy(() -> VendorCatalog.load(folder))
        .isInstanceOf(InvalidVendorFileException.class)
        .hasMessage(file + ": The product id \"hotjar\" is taken.");
  }

  @Test
  void vendorFilesAreFoundInAJarTooAlsoByTwoAtOnce(@TempDir Path folder) throws IOException {
    Path jar = folder.resolve("collector.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("vendors/"));
      out.putNextEntry(new JarEntry("vendors/acme.yaml"));
      out.write(ACME.getBytes(UTF_8));
    }
    URL vendors = new URL("jar:" + jar.toUri() + "!/vendors/");
    List<Set<String>> names =
        IntStream.range(0, 8).parallel().mapToObj(i -> VendorFiles.at(vendors).keySet()).toList();
    assertThat(names).hasSize(8).allMatch(Set.of("acme.yaml")::equals);
  }

  @Test
  void aFolderThatDoesNotExistIsNamed() {
    assertThatThrownBy(() -> VendorCatalog.load(Path.of("no", "such", "folder")))
        .isInstanceOf(InvalidVendorFileException.class)
        .hasMessageContaining("no/such/folder");
  }
}
