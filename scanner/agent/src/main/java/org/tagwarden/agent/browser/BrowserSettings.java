package org.tagwarden.agent.browser;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How the browser is started.
 *
 * @param profiles folder for passing profiles, which are deleted with their browser
 * @param spkiSha256 the key of the proxy's CA, which this browser trusts
 */
public record BrowserSettings(
    @Nullable String chromium,
    @Nullable String chromedriver,
    Path profiles,
    String spkiSha256,
    boolean noSandbox) {}
