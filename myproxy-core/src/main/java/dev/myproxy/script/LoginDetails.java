package dev.myproxy.script;

import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Capabilities;

/**
 * What a client says in its login besides user, password and database.
 *
 * @param charset      collation id
 * @param capabilities the client's, of those that it was offered
 * @param attributes   connection attributes as they stand on the wire: see {@link dev.myproxy.protocol.ConnectionAttributes}
 * @param plugin       authentication plugin that it came with, empty if it named none
 */
public record LoginDetails(int charset, Capabilities capabilities, ByteString attributes, ByteString plugin) {

    /** A client that says nothing. */
    public static final LoginDetails NONE = new LoginDetails(0, Capabilities.NONE, ByteString.EMPTY,
            ByteString.EMPTY);
}
