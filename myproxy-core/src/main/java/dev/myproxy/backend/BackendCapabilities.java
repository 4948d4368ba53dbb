package dev.myproxy.backend;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.Capability;
import dev.myproxy.protocol.Quoting;

/** What the server is asked for, given what the client negotiated with us and what the server offers. */
final class BackendCapabilities {

    private BackendCapabilities() {}

    /** Flags that the client relies on when it reads packets, and that the server lacks: there must be none. */
    static Capabilities missing(Capabilities client, Capabilities server) {
        return client.and(Capabilities.FRAMING).minus(server);
    }

    /** What a client is told whose flags a server lacks; by then greetings offer what the server has. */
    static String lacks(Address server, ByteString version, Capabilities missing) {
        return "Server " + server + " (version " + Quoting.oneLine(version.utf8()) + ") lacks " + missing
                + ", which was offered before it was chosen; connect again to be offered what it has";
    }

    /**
     * The flags of our handshake response: the client's as far as the server has them, and what our own login needs.
     * LONG_PASSWORD says that no flags of MariaDB's extension follow.
     */
    static Capabilities request(Capabilities client, Capabilities server) {
        Capabilities login = Capabilities.of(Capability.PLUGIN_AUTH, Capability.PLUGIN_AUTH_LENENC).and(server);
        Capabilities asked = client.and(server)
                .without(Capability.PLUGIN_AUTH, Capability.PLUGIN_AUTH_LENENC, Capability.SSL).or(login)
                .with(Capability.PROTOCOL_41, Capability.SECURE_CONNECTION);
        return asked.hasExtended()
                ? asked.without(Capability.LONG_PASSWORD)
                : asked.with(Capability.LONG_PASSWORD);
    }
}
