package dev.rustnet.plugins.causalbroadcast;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import dev.rustnet.testkit.architecture.ComponentRules;

@AnalyzeClasses(packages = "dev.rustnet.plugins.causalbroadcast", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchTests RULES = ArchTests.in(ComponentRules.class);
}
