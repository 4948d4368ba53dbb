package dev.myproxy.protocol;

/**
 * A peer sent bytes that are no packet of the protocol, or none that may stand where it stands.
 *
 * <p>The text is fixed per cause and holds nothing of what the peer sent. There is no stack trace: the peer decides how
 * often this is thrown.
 */
public sealed class MalformedPacketException extends RuntimeException permits UnwantedFileRequestException {

    private static final long serialVersionUID = 1;

    public MalformedPacketException(String message) {
        super(message, null, false, false);
    }
}
