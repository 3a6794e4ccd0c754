package dev.rustnet.launcher.scenario;

import com.typesafe.config.Config;
import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.component.NetComponent;
import dev.rustnet.component.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** A component that is wrong on purpose and takes the place of one of ours, under its name and with its configuration. */
abstract class Twin implements NetComponent {
    private final String name;
    private final NetComponent original;

    Twin(String name) {
        this.name = name;
        this.original = found().stream()
                .filter(component -> isCalled(component, name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no component " + name + " on the class path"));
    }

    /** All components of the class path, with this one in place of its original. */
    final List<NetComponent> amongTheOthers() {
        List<NetComponent> all = new ArrayList<>(found());
        all.removeIf(component -> isCalled(component, name));
        all.add(this);
        return all;
    }

    /** All components of the class path, made anew. */
    static List<NetComponent> found() {
        return ServiceLoader.load(NetComponent.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /** The package of a component is its name without hyphens. */
    private static boolean isCalled(NetComponent component, String name) {
        return component.getClass().getPackageName().endsWith("." + name.replace("-", ""));
    }

    @Override
    public Settings settings() {
        return original.settings();
    }

    @Override
    public ComponentDescriptor descriptor(Config own) {
        return original.descriptor(own);
    }
}
