/** Recognition, tested on the packed vendor files and on sample visits. */
@NullMarked
package org.tagwarden.collector.vendors;

import org.jspecify.annotations.NullMarked;
