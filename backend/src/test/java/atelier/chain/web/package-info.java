/** What browsers and programs see of intents. */
@NullMarked
package atelier.chain.web;

import org.jspecify.annotations.NullMarked;
