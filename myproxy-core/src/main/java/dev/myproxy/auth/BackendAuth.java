package dev.myproxy.auth;

import dev.myproxy.protocol.ByteString;

/**
 * One run of an authentication plugin toward a server. A state machine: {@link #start} once, then {@link #more} for each
 * AuthMoreData of the server.
 */
public interface BackendAuth {

    /** The plugin's name on the wire. */
    ByteString plugin();

    /** The answer to the server's salt. */
    AuthStep start();

    /** The answer to an AuthMoreData packet, given without its first byte. Plugins of one round don't expect any. */
    default AuthStep more(ByteString data) {
        return new AuthStep.Fail(AuthStep.Reason.PROTOCOL, "Unexpected server reply to HandshakeResponse");
    }

    /**
     * Whether a packet that is neither OK nor ERR nor a request to switch is for the plugin as it is, whatever its first byte:
     * MariaDB's plugins mark their data only where they begin as another packet would.
     */
    default boolean takesUnmarked() {
        return false;
    }

    /** Whether the next step may take so long that it must not run on an event loop. */
    default boolean isBlocking() {
        return false;
    }
}
