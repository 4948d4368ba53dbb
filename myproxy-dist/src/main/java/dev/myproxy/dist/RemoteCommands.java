package dev.myproxy.dist;

import dev.myproxy.dist.Invocation.Misuse;
import dev.myproxy.dist.Invocation.Remote;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The part of the command line that asks a running daemon: {@code status}, {@code sessions}, {@code kill} and
 * {@code reload}. Pure. */
final class RemoteCommands {

    /** The socket that is asked if nothing names another one. */
    static final String DEFAULT_SOCKET = "/run/cm4all/myproxy/admin.sock";

    /** The environment variable that names the socket. */
    static final String SOCKET_VARIABLE = "MYPROXY_ADMIN";

    private RemoteCommands() {}

    /** The commands by name, for the parser. */
    static Map<String, CommandSpec> specs() {
        Map<String, CommandSpec> specs = new LinkedHashMap<>();
        specs.put("status", status());
        specs.put("sessions", sessions());
        specs.put("kill", kill());
        specs.put("reload", reload());
        return specs;
    }

    /**
     * What a command asks for.
     *
     * @param options of one of the commands
     */
    static Invocation invocation(ParseResult options) {
        Remote remote = new Remote(Optional.ofNullable(options.<String>matchedOptionValue("--socket", null)),
                options.hasMatchedOption("--json"));
        return switch (options.commandSpec().name()) {
            case "status" -> new Invocation.Status(remote);
            case "reload" -> new Invocation.Reload(remote);
            case "sessions" -> new Invocation.Sessions(remote, filters(options));
            default -> kill(options, remote);
        };
    }

    private static Invocation kill(ParseResult options, Remote remote) {
        String id = options.matchedPositionalValue(0, "");
        try {
            long number = Long.parseLong(id);
            if (number >= 0) {
                return new Invocation.Kill(remote, number);
            }
        } catch (NumberFormatException _) {
            // answered below, as any other number that is none
        }
        return new Misuse(id.isEmpty()
                ? "Missing ID; \"myproxy sessions\" shows them"
                : "\"" + id + "\" is no id of a session; \"myproxy sessions\" shows them");
    }

    private static Map<String, String> filters(ParseResult options) {
        Map<String, String> filters = new LinkedHashMap<>();
        Stream.of("account", "server", "phase", "search").filter(name -> options.hasMatchedOption("--" + name))
                .forEach(name -> filters.put(name, options.matchedOptionValue("--" + name, "")));
        if (options.hasMatchedOption("--limit")) {
            filters.put("limit", String.valueOf(options.matchedOptionValue("--limit", 0)));
        }
        return filters;
    }

    private static CommandSpec status() {
        return command("status", "Shows how a running daemon does: its listeners, nodes and script.",
                "Exit status: 0 shown, ");
    }

    private static CommandSpec sessions() {
        return command("sessions", "Shows the sessions of a running daemon, the oldest first.",
                "Exit status: 0 shown, even if there are none, ")
                .addOption(text("--account", "NAME", "only those of this account"))
                .addOption(text("--server", "ADDRESS", "only those at this server, with or without its port"))
                .addOption(text("--phase", "PHASE",
                        "only those in this phase: accept, greeting, decision, connect, login, command"))
                .addOption(text("--search", "TEXT",
                        "only those with this in their account, client, certificate, balancer, listener or server, whatever the case"))
                .addOption(OptionSpec.builder("--limit").paramLabel("N").type(Integer.class)
                        .description("at most so many; by default 1000").build());
    }

    private static CommandSpec kill() {
        return command("kill", "Ends a session of a running daemon. Its client gets an error that says so.",
                "Exit status: 0 ended, 1 there is no such session, ")
                .addPositional(
                        PositionalParamSpec.builder().paramLabel("ID").arity("0..1").index("0").hideParamSyntax(true)
                                .type(String.class).description("as \"myproxy sessions\" and the log show it").build());
    }

    private static CommandSpec reload() {
        return command("reload",
                "Lets a running daemon do what SIGHUP does, call the script's function reload, which loads the"
                        + " configuration again; waits for the outcome.",
                "Exit status: 0 done, 1 failed, and the configuration in force stays so, ");
    }

    private static CommandSpec command(String name, String description, String exits) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage().abbreviateSynopsis(false).sortOptions(false).sortSynopsis(false).description(description)
                .footer("", exits + "64 wrong command line, 69 the daemon can't be reached, 77 it is not permitted.");
        return spec
                .addOption(text("--socket", "PATH", "the daemon's admin_listen; by default $" + SOCKET_VARIABLE + " or "
                        + DEFAULT_SOCKET))
                .addOption(OptionSpec.builder("--json").description("print what the daemon answers").build())
                .addOption(OptionSpec.builder("--help").usageHelp(true).description("show this text").build());
    }

    private static OptionSpec text(String name, String label, String description) {
        return OptionSpec.builder(name).paramLabel(label).type(String.class).description(description).build();
    }
}
