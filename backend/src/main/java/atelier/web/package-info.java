/**
 * The toolkit that pages are made of, without a page of its own: the frame around every page, the
 * words for numbers and times, works in their mats, receipts and recipes drawn to scale, and who
 * may come in. Features hand it small records and get the same calm look everywhere.
 */
@ApplicationModule(displayName = "Web", allowedDependencies = "kernel")
@NullMarked
package atelier.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
