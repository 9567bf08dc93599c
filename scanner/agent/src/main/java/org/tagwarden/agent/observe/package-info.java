/**
 * One class per kind of evidence that the browser gives, registered by one line each in {@link
 * org.tagwarden.agent.observe.Observers}. Observers write down and draw no conclusions.
 */
@NullMarked
package org.tagwarden.agent.observe;

import org.jspecify.annotations.NullMarked;
