/**
 * Reading settings: keys with their defaults and meanings, a YAML file and the environment over
 * them, and clear refusals. Knows nothing of what the settings are for.
 */
@NullMarked
package org.tagwarden.collector.config;

import org.jspecify.annotations.NullMarked;
