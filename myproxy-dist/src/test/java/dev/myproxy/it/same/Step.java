package dev.myproxy.it.same;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Something that a client does. */
sealed interface Step {

    /** The line of the script. */
    String text();

    /**
     * A command, whose response is read.
     *
     * @param sequence the sequence id of its first packet, 0 in a command that is right
     * @param prepares the name that the prepared statement gets
     */
    record Send(String text, int sequence, Data payload, Optional<String> prepares) implements Step {}

    /** Commands in one write, whose responses are read when all are sent. */
    record Together(String text, List<Send> commands) implements Step {}

    /** A command whose response is not read now, but as a part of what comes until the end. */
    record Unread(String text, Send command) implements Step {}

    /** Packets of a file and the empty one behind them; nothing where the server has not asked for a file. */
    record FileContents(String text, List<Data> packets) implements Step {}

    /** COM_CHANGE_USER, with whatever the two sides need to authenticate. */
    record ChangeUser(String text, String user, String password, String database) implements Step {}

    /** A new connection and its login; the one before is closed. */
    record Connect(String text, Account account) implements Step {}

    /** Bytes as they are, of which nothing is expected. */
    record Raw(String text, Data bytes) implements Step {}

    /** Nothing, for a while: and nothing should come. */
    record Pause(String text, Duration time) implements Step {}

    /** The end of what the client sends. */
    record HalfClose(String text) implements Step {}

    /** Reads until the connection ends. */
    record End(String text) implements Step {}
}
