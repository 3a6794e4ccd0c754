package dev.rustnet.testkit.contract;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.rustnet.testkit.architecture.ComponentRules;
import java.security.CodeSource;

/** The rules for components, on the classes beside a component; apart, because they need ArchUnit. */
final class OutsideWorld {
    private OutsideWorld() {}

    static void check(Class<?> component) {
        CodeSource source = component.getProtectionDomain().getCodeSource();
        String home = source == null ? "" : source.getLocation().getPath();
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(location -> location.contains(home))
                .importPackages(component.getPackageName());
        ComponentRules.DEPENDS_ON_THE_API_ALONE.check(classes);
        ComponentRules.TAKES_THE_WORLD_FROM_ITS_CONTEXT.check(classes);
        ComponentRules.HAS_NO_STATIC_STATE.check(classes);
    }
}
