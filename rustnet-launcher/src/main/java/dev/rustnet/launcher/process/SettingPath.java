package dev.rustnet.launcher.process;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What the option {@code --set} may name. */
public final class SettingPath {
    private static final String SUBTREE = "rustnet";

    private SettingPath() {}

    /**
     * Outside of the subtree a setting would have no effect.
     *
     * @throws ParameterException when {@code path} is none, or outside
     */
    public static void check(String path, CommandSpec command) {
        try {
            List<String> keys = ConfigUtil.splitPath(path);
            if (keys.size() < 2 || !keys.get(0).equals(SUBTREE)) {
                throw new ParameterException(
                        command.commandLine(),
                        "--set " + path + ": every setting begins with \"rustnet.\", such as rustnet.node.name");
            }
        } catch (ConfigException e) {
            throw new ParameterException(
                    command.commandLine(), "--set " + path + ": this is not a path of keys separated by dots", e);
        }
    }
}
