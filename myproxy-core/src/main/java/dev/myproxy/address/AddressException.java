package dev.myproxy.address;

import dev.myproxy.protocol.ByteString;
import java.io.IOException;

/**
 * A text that is no address, or a name that can't be resolved. The message is meant for the author of the configuration,
 * such as {@code Failed to resolve "localhost":"3306": Name or service not known}.
 */
public final class AddressException extends IOException {

    private static final long serialVersionUID = 1;

    /** What the C library calls EAI_NONAME. */
    static final String UNKNOWN_NAME = "Name or service not known";

    /** What the C library calls EAI_AGAIN. */
    static final String TEMPORARY_FAILURE = "Temporary failure in name resolution";

    AddressException(String message) {
        super(message);
    }

    /** A name that can't be resolved, and why. */
    public static AddressException unresolved(String host, String service, String reason) {
        return new AddressException(
                "Failed to resolve " + ByteString.of(host) + ":" + ByteString.of(service) + ": " + reason);
    }
}
