package dev.myproxy.peers;

import java.util.List;

/**
 * Everything that a client got from the beginning to the end of its connection.
 *
 * @param packets that came completely
 * @param tail    the beginning of one that did not
 * @param ending  how it ended
 */
@SuppressWarnings("ArrayRecordComponent") // Tests look at its parts and never compare it as a whole.
public record Heard(List<Packet> packets, byte[] tail, Ending ending) {

    /** How a connection ended, as its client saw it. */
    public enum Ending {
        /** It has not. */
        OPEN,
        /** By the end of the stream. */
        END,
        /** By a reset or another failure. */
        RESET,
        /** Nothing came any more within the client's time limit. */
        SILENCE
    }
}
