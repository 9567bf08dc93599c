/**
 * What the playground serves. Pages and scripts are files under {@code resources/internet/HOST};
 * classes here add what a file cannot say: pixels, redirects, streams, failures, odd headers.
 */
@NullMarked
package org.tagwarden.playground.content;

import org.jspecify.annotations.NullMarked;
