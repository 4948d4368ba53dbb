package dev.myproxy.listen;

import dev.myproxy.address.Address;
import dev.myproxy.address.PeerCredentials;
import io.netty.channel.Channel;
import java.util.Optional;

/**
 * A client that a listener has just accepted.
 *
 * @param channel     registered with the event loop that it stays on, auto-read off, with an empty pipeline
 * @param listener    address of the listener
 * @param peer        address of the client
 * @param credentials of the process behind a Unix socket; empty for TCP
 */
public record AcceptedClient(Channel channel, Address listener, Address peer, Optional<PeerCredentials> credentials) {}
