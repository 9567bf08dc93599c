/**
 * Plays the steps of a journey, or of a consent banner's recipe, on a page as a visitor would:
 * finds elements as people name them and sends the browser real mouse, touch and key events. Knows
 * the page, nothing of visits or reports.
 */
@NullMarked
package org.tagwarden.agent.journey;

import org.jspecify.annotations.NullMarked;
