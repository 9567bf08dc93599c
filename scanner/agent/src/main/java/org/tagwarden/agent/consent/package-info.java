/**
 * Answers consent banners: by the site's own recipe where it has one, else by the rules of
 * autoconsent (MPL-2.0, unmodified), which run in an isolated world of every frame. Knows the
 * browser's sessions and the observers; nothing of the proxy.
 */
@NullMarked
package org.tagwarden.agent.consent;

import org.jspecify.annotations.NullMarked;
