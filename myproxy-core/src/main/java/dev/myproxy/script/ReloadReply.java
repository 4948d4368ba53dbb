package dev.myproxy.script;

import dev.myproxy.bus.LocalMessage;

/** What became of a message to {@link ScriptBus#RELOAD}. */
public sealed interface ReloadReply extends LocalMessage {

    /** The script has no function {@code reload}: nothing was done. */
    record Nothing() implements ReloadReply {}

    /** The function has ended. */
    record Ended() implements ReloadReply {}

    /**
     * The function raised an error.
     *
     * @param message one line
     */
    record Failed(String message) implements ReloadReply {}
}
