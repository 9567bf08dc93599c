/**
 * Chromium: found, started through Selenium, spoken to over one raw DevTools WebSocket, one browser
 * context per visit. The only package that imports Selenium.
 */
@NullMarked
package org.tagwarden.agent.browser;

import org.jspecify.annotations.NullMarked;
