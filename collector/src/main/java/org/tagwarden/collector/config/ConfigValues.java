package org.tagwarden.collector.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The values in force: the default of each key, over it the file, over that the environment. A key
 * that does not exist is refused, with the nearest one that does.
 */
public final class ConfigValues {
  private static final String MASK = "********";

  /** A password inside a URL: between the colon and the @, or as a parameter. */
  private static final Pattern PASSWORD_IN_URL =
      Pattern.compile("(?<=://[^:/@]{0,200}:)[^@]+(?=@)|(?<=[?&]password=)[^&]+");

  private final Map<String, ConfigKey> keys = new LinkedHashMap<>();
  private final Map<String, String> values = new LinkedHashMap<>();

  private ConfigValues(List<ConfigKey> keys) {
    for (ConfigKey key : keys) {
      this.keys.put(key.name(), key);
      values.put(key.name(), key.standard());
    }
  }

  /** Reads the file (if any) and the variables that begin with TAGWARDEN_. */
  public static ConfigValues read(
      List<ConfigKey> keys, @Nullable Path file, Map<String, String> environment) {
    ConfigValues values = new ConfigValues(keys);
    if (file != null) values.apply(file);
    for (ConfigKey key : keys) {
      String value = environment.get(key.environmentName());
      if (value != null) values.values.put(key.name(), value.strip());
    }
    return values;
  }

  private void apply(Path file) {
    Map<String, String> read = new TreeMap<>();
    flatten("", tree(file), read, file);
    read.forEach(
        (name, value) -> {
          if (keys.containsKey(name)) values.put(name, value);
          else if (!value.isEmpty() || !isSection(name)) throw unknown(name, file);
        });
  }

  /** A section may be there with all of its keys commented out. */
  private boolean isSection(String name) {
    return keys.keySet().stream().anyMatch(known -> known.startsWith(name + "."));
  }

  private static JsonNode tree(Path file) {
    try {
      return new YAMLMapper().readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw new ConfigException(file + " is not YAML: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new ConfigException("The settings file " + file + " cannot be read: is it there?", e);
    }
  }

  private static void flatten(String prefix, JsonNode node, Map<String, String> into, Path file) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              entry -> {
                String name = prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey();
                flatten(name, entry.getValue(), into, file);
              });
    } else if (node.isArray() || (prefix.isEmpty() && !node.isNull() && !node.isMissingNode())) {
      throw new ConfigException(
          file
              + ": "
              + (prefix.isEmpty() ? "keys with values were" : prefix + ": one value was")
              + " expected.");
    } else if (!prefix.isEmpty()) {
      into.put(prefix, node.isNull() ? "" : node.asText().strip());
    }
  }

  private ConfigException unknown(String name, Path file) {
    String nearest =
        keys.keySet().stream()
            .min(Comparator.comparingInt(known -> distance(name, known)))
            .orElseThrow();
    return new ConfigException(
        file + ": there is no setting \"" + name + "\"; did you mean \"" + nearest + "\"?");
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) row[j] = j;
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int swapped = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(swapped, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }

  /** The value as text; empty when neither set nor defaulted. */
  public Optional<String> text(String name) {
    String value = values.get(name);
    if (value == null) throw new IllegalArgumentException("No key " + name + " is declared");
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  /** A value that must be there. */
  public String required(String name) {
    return text(name).orElseThrow(() -> bad(name, "needs a value"));
  }

  /** A whole number within bounds. */
  public int number(String name, int least, int most) {
    String value = required(name);
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) return number;
    } catch (NumberFormatException e) {
      // said below, with the bounds
    }
    throw bad(
        name, "must be a whole number from " + least + " to " + most + ", not \"" + value + "\"");
  }

  /** One of an enum's constants, written in lower case. */
  public <E extends Enum<E>> E choice(String name, Class<E> type) {
    String value = required(name);
    StringJoiner words = new StringJoiner(", ");
    for (E constant : type.getEnumConstants()) {
      String word = constant.name().toLowerCase(Locale.ROOT);
      if (word.equals(value)) return constant;
      words.add(word);
    }
    throw bad(name, "must be one of " + words + ", not \"" + value + "\"");
  }

  /** A refusal that names the key and its environment variable. */
  public ConfigException bad(String name, String rule) {
    ConfigKey key = keys.get(name);
    if (key == null) throw new IllegalArgumentException("No key " + name + " is declared");
    return new ConfigException(
        "The setting " + name + " (" + key.environmentName() + ") " + rule + ".");
  }

  /** Everything in force, a line each, secrets masked. */
  public String describe() {
    StringJoiner lines = new StringJoiner("\n");
    values.forEach(
        (name, value) -> {
          ConfigKey key = keys.get(name);
          boolean masked = key != null && key.secret() && !value.isEmpty();
          lines.add(
              "  "
                  + name
                  + ": "
                  + (masked ? MASK : PASSWORD_IN_URL.matcher(value).replaceAll(MASK)));
        });
    return lines.toString();
  }
}
