/**
 * How the playground serves: certificates, virtual hosts, encodings, and the request log. It knows
 * nothing of what is served; {@code content} does.
 */
@NullMarked
package org.tagwarden.playground.net;

import org.jspecify.annotations.NullMarked;
