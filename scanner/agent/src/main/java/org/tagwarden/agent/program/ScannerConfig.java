package org.tagwarden.agent.program;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.ConnectTo;
import org.tagwarden.agent.ScannerSettings;

/**
 * The settings of {@code work}. Documented key by key in {@code configs/scanner.yaml}; an option on
 * the command line wins over the environment, that over the file, that over the default.
 */
public record ScannerConfig(
    URI server,
    String token,
    int jobs,
    boolean lighthouse,
    long spoolLimitBytes,
    ScannerSettings settings) {
  private static final YAMLMapper YAML = YAMLMapper.builder().build();
  private static final int BYTES_PER_MB = 1_000_000;

  public ScannerConfig {
    if (jobs < 1) throw new InvalidSettingException("jobs must be at least 1");
  }

  /**
   * Reads the settings.
   *
   * @param file the YAML file, or null for none
   * @param environment the process's environment
   * @param options what the command line gave, by key
   */
  public static ScannerConfig load(
      @Nullable Path file, Map<String, String> environment, Map<String, String> options) {
    Map<ScannerKey, String> values = new EnumMap<>(ScannerKey.class);
    for (ScannerKey key : ScannerKey.values()) {
      if (key.fallback() != null) values.put(key, key.fallback());
    }
    if (file != null) read(file, values);
    for (ScannerKey key : ScannerKey.values()) {
      String set = environment.get(key.variable());
      if (set != null && !set.isBlank()) values.put(key, set);
    }
    options.forEach((key, value) -> values.put(known(key, "the command line"), value));
    return of(values);
  }

  private static void read(Path file, Map<ScannerKey, String> values) {
    try {
      Map<String, Object> tree =
          YAML.readValue(Files.readString(file), new TypeReference<Map<String, Object>>() {});
      if (tree == null) return;
      for (Map.Entry<String, Object> entry : tree.entrySet()) {
        if (entry.getValue() != null)
          values.put(known(entry.getKey(), file.toString()), text(entry.getValue()));
      }
    } catch (JsonProcessingException e) {
      throw new InvalidSettingException(
          file + " is no YAML file of keys and values: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new InvalidSettingException(file + " cannot be read: " + e, e);
    }
  }

  private static String text(Object value) {
    if (value instanceof List<?> list)
      return list.stream().map(String::valueOf).collect(Collectors.joining(","));
    return String.valueOf(value);
  }

  private static ScannerKey known(String key, String where) {
    ScannerKey known = ScannerKey.of(key);
    if (known != null) return known;
    throw new InvalidSettingException(
        "\""
            + key
            + "\" in "
            + where
            + " is no setting of the scanner. There are: "
            + Arrays.stream(ScannerKey.values())
                .map(ScannerKey::key)
                .collect(Collectors.joining(", "))
            + ".");
  }

  private static ScannerConfig of(Map<ScannerKey, String> values) {
    URI server = server(values.get(ScannerKey.SERVER));
    String ca = values.get(ScannerKey.CA_CERTIFICATE);
    return new ScannerConfig(
        server,
        token(values),
        number(values, ScannerKey.JOBS),
        flag(values, ScannerKey.LIGHTHOUSE),
        (long) number(values, ScannerKey.SPOOL_LIMIT_MEGABYTES) * BYTES_PER_MB,
        new ScannerSettings(
            required(values, ScannerKey.NAME),
            Path.of(required(values, ScannerKey.DATA_DIR)).toAbsolutePath(),
            connectTo(required(values, ScannerKey.CONNECT_TO)),
            ca == null ? null : readable(Path.of(ca)),
            values.get(ScannerKey.CHROMIUM),
            values.get(ScannerKey.CHROMEDRIVER),
            number(values, ScannerKey.CONCURRENCY),
            flag(values, ScannerKey.NO_SANDBOX),
            values.get(ScannerKey.DNS_SERVER),
            values.get(ScannerKey.SIGNATURE_AGENT)));
  }

  private static URI server(@Nullable String text) {
    if (text == null)
      throw new InvalidSettingException(
          "server is missing: say where the server is, for example --server http://127.0.0.1:8844");
    try {
      URI server = URI.create(text);
      if (server.getHost() != null
          && ("http".equals(server.getScheme()) || "https".equals(server.getScheme())))
        return server;
    } catch (IllegalArgumentException e) {
      // Falls through to the same sentence.
    }
    throw new InvalidSettingException(
        "server is \"" + text + "\", but must be an address like https://tagwarden.example.org");
  }

  private static String token(Map<ScannerKey, String> values) {
    String token = values.get(ScannerKey.TOKEN);
    String file = values.get(ScannerKey.TOKEN_FILE);
    if (token == null && file != null) {
      try {
        token = Files.readString(Path.of(file)).strip();
      } catch (IOException e) {
        throw new InvalidSettingException("token-file " + file + " cannot be read: " + e, e);
      }
    }
    if (token == null || token.isBlank())
      throw new InvalidSettingException(
          "token is missing: make one for a scanner in the dashboard, and give it by --token-file"
              + " FILE or in "
              + ScannerKey.TOKEN.variable());
    if (token.chars().anyMatch(c -> c <= ' ' || c > '~'))
      throw new InvalidSettingException("token holds characters that no token has");
    return token;
  }

  private static String required(Map<ScannerKey, String> values, ScannerKey key) {
    String value = values.get(key);
    if (value == null) throw new InvalidSettingException(key.key() + " is missing");
    return value;
  }

  private static int number(Map<ScannerKey, String> values, ScannerKey key) {
    String text = required(values, key);
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= 1) return number;
    } catch (NumberFormatException e) {
      // Falls through to the same sentence.
    }
    throw new InvalidSettingException(
        key.key() + " is \"" + text + "\", but must be a whole number of at least 1");
  }

  private static boolean flag(Map<ScannerKey, String> values, ScannerKey key) {
    String text = required(values, key);
    if (text.equals("true") || text.equals("false")) return text.equals("true");
    throw new InvalidSettingException(
        key.key() + " is \"" + text + "\", but must be true or false");
  }

  private static List<ConnectTo> connectTo(String text) {
    List<ConnectTo> mappings = new ArrayList<>();
    for (String mapping : text.split(",", -1)) {
      if (mapping.isBlank()) continue;
      try {
        mappings.add(ConnectTo.parseConnectTo(mapping.strip()));
      } catch (IllegalArgumentException e) {
        throw new InvalidSettingException("connect-to: " + e.getMessage(), e);
      }
    }
    return mappings;
  }

  private static Path readable(Path file) {
    if (Files.isReadable(file)) return file;
    throw new InvalidSettingException("ca-certificate: " + file + " cannot be read");
  }

  /** For the log: everything but the token. */
  @Override
  public String toString() {
    return "server=%s token=*** jobs=%d lighthouse=%s spoolLimitBytes=%d %s"
        .formatted(server, jobs, lighthouse, spoolLimitBytes, settings);
  }
}
