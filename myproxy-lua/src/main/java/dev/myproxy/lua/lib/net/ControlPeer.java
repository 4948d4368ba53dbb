package dev.myproxy.lua.lib.net;

import dev.myproxy.address.Address;
import dev.myproxy.lua.net.Network;
import dev.myproxy.lua.net.ScriptSocket;
import dev.myproxy.lua.net.SocketKind;
import dev.myproxy.protocol.ByteString;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;

/**
 * Where a control client sends to. A Unix socket that was replaced since, because the program behind it was started anew, is
 * connected to again. Thread-safe.
 */
final class ControlPeer {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Network network;
    private final Address address;
    private Future<ScriptSocket> socket;

    ControlPeer(Network network, Address address) {
        this.network = network;
        this.address = address;
        this.socket = open();
    }

    private Future<ScriptSocket> open() {
        return network.connect(address, SocketKind.DGRAM, TIMEOUT);
    }

    /** Fails with a message such as {@code Failed to connect to /run/control: No such file or directory}. */
    synchronized Future<ControlPeer> connected() {
        return socket.map(_ -> this).recover(cause -> Future.failedFuture(
                new IOException("Failed to connect to " + address + ": " + cause.getMessage(), cause)));
    }

    /** Sends a datagram; fails with a message such as {@code send() failed: Connection refused}. */
    Future<Void> send(ByteString datagram) {
        Future<ScriptSocket> first = current();
        return send(first, datagram)
                .recover(cause -> address instanceof Address.Inet
                        ? Future.failedFuture(cause)
                        : send(instead(first), datagram))
                .recover(cause -> Future
                        .failedFuture(new IOException("send() failed: " + cause.getMessage(), cause)));
    }

    private static Future<Void> send(Future<ScriptSocket> socket, ByteString datagram) {
        return socket.compose(connected -> connected.send(datagram, TIMEOUT));
    }

    private synchronized Future<ScriptSocket> current() {
        return socket;
    }

    /** A socket in the place of one that failed, unless somebody else has replaced that already. */
    private synchronized Future<ScriptSocket> instead(Future<ScriptSocket> failed) {
        if (socket.equals(failed)) {
            failed.onSuccess(ScriptSocket::close);
            socket = open();
        }
        return socket;
    }

    synchronized void close() {
        socket.onSuccess(ScriptSocket::close);
    }
}
