/** What holds of rules, against a real PostgreSQL. */
@NullMarked
package atelier.rules;

import org.jspecify.annotations.NullMarked;
