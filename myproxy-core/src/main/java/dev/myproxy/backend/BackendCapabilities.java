package dev.myproxy.backend;

import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.Capability;

/** What the server is asked for, given what the client negotiated with us and what the server offers. */
final class BackendCapabilities {

    private BackendCapabilities() {}

    /** Flags that the client relies on when it reads packets, and that the server lacks: there must be none. */
    static Capabilities missing(Capabilities client, Capabilities server) {
        return client.and(Capabilities.FRAMING).minus(server);
    }

    /**
     * The flags of our handshake response: the client's as far as the server has them, and what our own login needs.
     * LONG_PASSWORD says besides that no MariaDB extensions follow.
     */
    static Capabilities request(Capabilities client, Capabilities server) {
        Capabilities login = Capabilities.of(Capability.PLUGIN_AUTH, Capability.PLUGIN_AUTH_LENENC).and(server);
        return client.and(server).without(Capability.PLUGIN_AUTH, Capability.PLUGIN_AUTH_LENENC, Capability.SSL)
                .or(login)
                .with(Capability.PROTOCOL_41, Capability.SECURE_CONNECTION, Capability.LONG_PASSWORD);
    }
}
