/** The story that must run: from joining to surviving, driven from outside as people drive it. */
@NullMarked
package atelier.story;

import org.jspecify.annotations.NullMarked;
