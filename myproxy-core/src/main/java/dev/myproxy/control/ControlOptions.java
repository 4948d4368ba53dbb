package dev.myproxy.control;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * How to listen for control datagrams.
 *
 * @param multicastGroup   a group to join
 * @param networkInterface name of the only network interface whose datagrams count
 * @param allow            who may send; empty for the usual ones: root and the daemon's own user over Unix sockets, this
 *                         machine over UDP
 */
public record ControlOptions(Optional<InetAddress> multicastGroup, Optional<String> networkInterface,
        Optional<List<SenderRule>> allow) {

    /** Nothing is set. */
    public static final ControlOptions DEFAULT = new ControlOptions(Optional.empty(), Optional.empty(),
            Optional.empty());

    public ControlOptions {
        allow = allow.map(List::copyOf);
    }
}
