package dev.myproxy.script;

/**
 * A handler table of the script, as given to a listener.
 *
 * @param id           names the table within the engine
 * @param connect      whether it has {@code on_connect}
 * @param commandPhase whether it has {@code on_command_phase}
 * @param initDb       whether it has {@code on_init_db}
 */
public record Handlers(int id, boolean connect, boolean commandPhase, boolean initDb) {}
