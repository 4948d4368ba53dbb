package dev.myproxy.protocol;

/** A server asks for a local file of a client that has not said that it gives any. */
public final class UnwantedFileRequestException extends MalformedPacketException {

    private static final long serialVersionUID = 1;

    UnwantedFileRequestException() {
        super("Server asks for a file that the client does not offer");
    }
}
