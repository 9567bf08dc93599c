package org.tagwarden.agent.secrets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of a scanner: {@code NAME} is the environment variable {@code TAGWARDEN_SECRET_NAME},
 * or else the file {@code secrets/NAME} in its data folder, readable by its owner alone. Remembers
 * what it gave out, so that {@link #masked} can take it out again. Thread-safe.
 */
public final class Secrets {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{secret:([^}]*)}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");

  /** A shorter one would be found by chance in every report, and guessed by everybody. */
  private static final int SHORTEST = 6;

  private final Path folder;
  private final Map<String, String> environment;
  private final Map<String, Mask> masks = new ConcurrentHashMap<>();

  /**
   * @param dataDir the scanner's data folder
   * @param environment the process's environment
   */
  public Secrets(Path dataDir, Map<String, String> environment) {
    this.folder = dataDir.resolve("secrets");
    this.environment = Map.copyOf(environment);
  }

  /** Those of this process and this data folder. */
  public static Secrets in(Path dataDir) {
    return new Secrets(dataDir, System.getenv());
  }

  /** Whether a text refers to a secret. */
  public static boolean refers(@Nullable String text) {
    return text != null && REFERENCE.matcher(text).find();
  }

  /**
   * The text with every {@code ${secret:NAME}} replaced by the secret; {@link
   * MissingSecretException} with one sentence for people when there is no such secret. Keep the
   * result out of records, logs and messages.
   */
  public String resolve(String text) {
    Matcher reference = REFERENCE.matcher(text);
    StringBuilder resolved = new StringBuilder();
    while (reference.find())
      reference.appendReplacement(resolved, Matcher.quoteReplacement(secret(reference.group(1))));
    return reference.appendTail(resolved).toString();
  }

  /**
   * The text without any secret that was given out so far, in the forms in which pages and
   * protocols pass them on; {@code (secret:NAME)} stands in their places.
   */
  public String masked(String text) {
    String clean = text;
    for (Mask mask : masks.values()) clean = mask.over(clean);
    return clean;
  }

  /** Whether the text holds a secret that was given out. */
  public boolean shows(String text) {
    return masks.values().stream().anyMatch(mask -> mask.covers(text));
  }

  /** Whether any secret was given out so far. */
  public boolean used() {
    return !masks.isEmpty();
  }

  /**
   * Remembers a value made out of a secret (basic authentication's), so that it is masked, too; a
   * value without a secret is no matter.
   */
  public void derived(String reference, String value) {
    Matcher name = REFERENCE.matcher(reference);
    if (name.find()) masks.put(value, new Mask(name.group(1), value));
  }

  private String secret(String name) {
    if (!NAME.matcher(name).matches())
      throw new MissingSecretException(
          "\"" + name + "\" is no name of a secret: use letters, digits, - and _.");
    String value = environment.get(variable(name));
    if (value == null || value.isEmpty()) value = fromFile(name);
    if (value.length() < SHORTEST)
      throw new MissingSecretException(
          "The secret "
              + name
              + " is shorter than "
              + SHORTEST
              + " characters: it could not be kept out of reports. Choose a longer one.");
    masks.putIfAbsent(value, new Mask(name, value));
    return value;
  }

  private String fromFile(String name) {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file))
      throw new MissingSecretException(
          "This scanner has no secret "
              + name
              + ". Set "
              + variable(name)
              + " in its environment, or write it to "
              + file
              + " (readable by its owner alone), then scan again.");
    try {
      refuseOpen(name, file);
      return Files.readString(file, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new MissingSecretException("The secret " + name + " cannot be read from " + file, e);
    }
  }

  private static void refuseOpen(String name, Path file) throws IOException {
    if (!Files.getFileStore(file).supportsFileAttributeView("posix")) return;
    Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
    for (PosixFilePermission right : rights)
      if (right.name().startsWith("GROUP") || right.name().startsWith("OTHERS"))
        throw new MissingSecretException(
            "The secret "
                + name
                + " in "
                + file
                + " can be read by others on this machine: chmod 600 it.");
  }

  private static String variable(String name) {
    return "TAGWARDEN_SECRET_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
