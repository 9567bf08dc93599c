/**
 * Joins what the proxy and the browser saw of one visit into one record of each request, script and
 * cookie. Pure: reads what was gathered, asks nobody.
 */
@NullMarked
package org.tagwarden.agent.join;

import org.jspecify.annotations.NullMarked;
