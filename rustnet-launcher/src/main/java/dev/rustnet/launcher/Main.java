package dev.rustnet.launcher;

import dev.rustnet.core.plan.StartException;
import dev.rustnet.launcher.console.StandardOutput;
import dev.rustnet.launcher.console.Style;
import dev.rustnet.launcher.console.Terminal;
import dev.rustnet.launcher.demo.DemoCommand;
import dev.rustnet.launcher.demo.DemoNodeCommand;
import dev.rustnet.launcher.process.CommandFailedException;
import dev.rustnet.launcher.process.ExitCode;
import dev.rustnet.launcher.simulate.SimulateCommand;
import dev.rustnet.node.NodeFailedException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.Security;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code rustnet} command: hands over to its subcommands, and turns what they throw into a sentence and an exit code. */
@Command(
        name = "rustnet",
        description = "Runs processes of a distributed application: components on a small kernel.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all went well",
            "1:something failed while running",
            "2:the command line or the configuration is wrong"
        })
public final class Main implements Runnable {
    /** In the order of the help. */
    private static final List<Class<?>> COMMANDS = List.of(
            RunCommand.class,
            DemoCommand.class,
            ExplainCommand.class,
            ComponentsCommand.class,
            ConfigCommand.class,
            CheckCommand.class,
            SimulateCommand.class,
            DemoNodeCommand.class);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    /** Made by picocli. */
    Main() {}

    public static void main(String[] arguments) {
        resolveNamesAnew();
        StandardOutput.install();
        int code = commandLine(arguments)
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .execute(arguments);
        boolean lost = StandardOutput.current().lost(System.err);
        System.exit(lost && code == ExitCode.GOOD ? ExitCode.FAILED : code);
    }

    /**
     * A peer that starts later gets its name later, and one that moves gets another address: Java would remember for ten
     * seconds that there is no such name, and for thirty what it meant. Must come before the first name is resolved.
     */
    private static void resolveNamesAnew() {
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
        Security.setProperty("networkaddress.cache.ttl", "1");
    }

    /** With the one command that is asked for, because to read what all of them take costs a quarter of a second. */
    static CommandLine commandLine(String... arguments) {
        List<Class<?>> asked = COMMANDS.stream()
                .filter(command -> arguments.length > 0 && name(command).equals(arguments[0]))
                .toList();
        Style style = Terminal.detect().outputStyle(System.getenv());
        CommandLine line = new CommandLine(new Main());
        (asked.isEmpty() ? COMMANDS : asked).forEach(line::addSubcommand);
        return line.setColorScheme(CommandLine.Help.defaultColorScheme(style == Style.COLOUR ? Ansi.ON : Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Main::reportUsage)
                .setExecutionExceptionHandler(Main::report);
    }

    private static String name(Class<?> command) {
        return command.getAnnotation(Command.class).name();
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? They are listed with: rustnet --help");
    }

    private static int reportUsage(ParameterException thrown, String[] unused) {
        CommandLine command = thrown.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(thrown.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(thrown, err)) {
            if (command.getCommandSpec().parent() != null) {
                err.println("The options are listed with: "
                        + command.getCommandSpec().qualifiedName() + " --help");
            } else if (thrown instanceof UnmatchedArgumentException) {
                err.println("The commands are listed with: rustnet --help");
            }
        }
        return ExitCode.USAGE;
    }

    /** A configuration that cannot work is the user's to mend: the report alone. All else names what was thrown too. */
    private static int report(Exception thrown, CommandLine command, ParseResult unused) {
        PrintWriter err = command.getErr();
        if (thrown instanceof StartException) {
            err.println(thrown.getMessage());
            return ExitCode.USAGE;
        }
        if (thrown instanceof CommandFailedException) {
            err.println(thrown.getMessage());
            return ExitCode.FAILED;
        }
        if (thrown instanceof NodeFailedException) {
            return ExitCode.FAILED; // The node has logged why.
        }
        err.println("rustnet " + command.getCommandName() + " failed: " + thrown);
        thrown.printStackTrace(err);
        return ExitCode.FAILED;
    }
}
