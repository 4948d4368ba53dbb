package dev.myproxy.session;

import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.ChangeUser;
import dev.myproxy.protocol.HandshakeResponse;
import java.util.Optional;

/**
 * What a client has said of itself and not of a user: it holds for all of the session's logins.
 *
 * @param capabilities   the client's
 * @param maxPacketBytes largest packet that the client takes
 * @param attributes     connection attributes as they stand on the wire
 * @param zstdLevel      compression level, 0 if not named
 */
record ClientTraits(Capabilities capabilities, long maxPacketBytes, Optional<ByteString> attributes, int zstdLevel) {

    static ClientTraits of(HandshakeResponse login) {
        return new ClientTraits(login.capabilities(), login.maxPacketBytes(), login.attributes(), login.zstdLevel());
    }

    /**
     * A login as another user, with the attributes of the one before where the client sent none. Without a charset it is the
     * server's own, which is what 0 means to servers.
     */
    HandshakeResponse login(ChangeUser request) {
        return new HandshakeResponse(capabilities, maxPacketBytes, request.charset().orElse(0), request.user(),
                request.answer(), request.database(), request.plugin(), request.attributes().or(() -> attributes),
                zstdLevel);
    }
}
