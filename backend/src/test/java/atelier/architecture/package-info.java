/** The rules that the structure of the code keeps. */
@NullMarked
package atelier.architecture;

import org.jspecify.annotations.NullMarked;
