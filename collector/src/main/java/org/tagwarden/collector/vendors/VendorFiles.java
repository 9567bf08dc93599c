package org.tagwarden.collector.vendors;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds the catalogue's files: those that come with the program and those of a folder. */
final class VendorFiles {
  private static final String FOLDER = "/vendors";
  private static final String BASE = "/third-party-web/entities-nostats.json";

  private VendorFiles() {}

  /** The vendor files that were packed with the program, by file name. */
  static Map<String, VendorFile> packed() {
    URL folder = VendorFiles.class.getResource(FOLDER);
    if (folder == null) {
      throw new InvalidVendorFileException(
          "The program was built without configs/vendors: build it again with scripts/tagwarden.");
    }
    return at(folder);
  }

  /** The vendor files in a folder on disk or in a jar. */
  static Map<String, VendorFile> at(URL folder) {
    try {
      if (!folder.getProtocol().equals("jar")) return in(Path.of(folder.toURI()));
      JarURLConnection inJar = (JarURLConnection) folder.openConnection();
      Path jar = Path.of(inJar.getJarFileURL().toURI());
      // By path, not by URI: such a file system is this call's own, so that two calls cannot meet.
      try (FileSystem files = FileSystems.newFileSystem(jar)) {
        return in(files.getPath(inJar.getEntryName()));
      }
    } catch (URISyntaxException e) {
      throw new InvalidVendorFileException("The packed vendor files cannot be found.", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The vendor files of a folder, by file name. */
  static Map<String, VendorFile> in(Path folder) {
    Map<String, VendorFile> files = new TreeMap<>();
    for (Path file : yamlFiles(folder)) {
      String name = String.valueOf(file.getFileName());
      try {
        files.put(name, VendorFile.read(name, Files.readString(file)));
      } catch (IOException e) {
        throw new InvalidVendorFileException(file + " cannot be read: " + e.getMessage(), e);
      }
    }
    return files;
  }

  /** The JSON of third-party-web. */
  static InputStream base() {
    InputStream json = VendorFiles.class.getResourceAsStream(BASE);
    if (json == null) {
      throw new InvalidVendorFileException(
          "The program was built without third-party-web: run scripts/npm-install collector and build it again.");
    }
    return json;
  }

  private static List<Path> yamlFiles(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new InvalidVendorFileException(
          "The folder of vendor files " + folder + " cannot be read: " + e.getMessage(), e);
    }
  }
}
