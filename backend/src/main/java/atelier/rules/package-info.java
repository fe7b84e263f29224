/**
 * What is in force, and was. Every number the community may change lives in the RuleBook contract;
 * this module mirrors each change with its version and block ({@link atelier.rules.Rules}), checks
 * a wished change before anything is sent, and knows the contracts of the Directory ({@link
 * atelier.rules.Contacts}) and what the Treasury earned by fee line ({@link atelier.rules.Income}).
 */
@ApplicationModule(
        displayName = "Rules",
        allowedDependencies = {"kernel", "chain", "web"})
@NullMarked
package atelier.rules;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
