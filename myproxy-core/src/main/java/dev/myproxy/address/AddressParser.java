package dev.myproxy.address;

import dev.myproxy.protocol.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads addresses as configurations write them:
 *
 * <pre>
 * /path         Unix socket
 * &#64;name         Unix socket in the abstract namespace
 * HOST          host name, IPv4, IPv6, or * (see {@link Purpose})
 * HOST:PORT     PORT is a number or the name of a service
 * IPv6%SCOPE    SCOPE is the name or the index of an interface
 * [HOST]        the same, for addresses that contain colons
 * [HOST]:PORT
 * </pre>
 *
 * <p>Pure but for {@code *}, scopes and service names, which look at this machine. Never asks a name server.
 */
public final class AddressParser {

    /**
     * sun_path holds 108 bytes, and one of them ends the path. Abstract names could use that one too, but Netty's native
     * transport then reads behind it: it binds some of them and refuses others, whatever they are.
     */
    static final int MAX_UNIX_LENGTH = 107;

    private AddressParser() {}

    /**
     * Parses an address.
     *
     * @param defaultPort for texts without a port
     */
    public static ParsedAddress parse(ByteString text, int defaultPort, Purpose purpose) throws AddressException {
        Optional<Address> unix = unix(text);
        return unix.isPresent()
                ? new ParsedAddress.Known(unix.get())
                : inet(HostPort.parse(text.utf8()), defaultPort, purpose);
    }

    /** Parses an address that must not be a host name: names are refused as unknown. */
    public static Address parseNumeric(ByteString text, int defaultPort, Purpose purpose) throws AddressException {
        return switch (parse(text, defaultPort, purpose)) {
            case ParsedAddress.Known known -> known.address();
            case ParsedAddress.Named named -> throw AddressException.unresolved(named.host(), named.service(),
                    AddressException.UNKNOWN_NAME);
        };
    }

    /**
     * Parses where to listen. Here a text that is neither an IP address nor ends in a colon and a number is the path of
     * a Unix socket, relative to the configuration.
     */
    public static ParsedAddress parseListener(ByteString text, int defaultPort) throws AddressException {
        Optional<Address> unix = unix(text);
        if (unix.isPresent()) {
            return new ParsedAddress.Known(unix.get());
        }
        Optional<HostPort> tcp = tcpListener(text.utf8());
        return tcp.isPresent()
                ? inet(tcp.get(), defaultPort, Purpose.LISTEN)
                : new ParsedAddress.Known(new Address.UnixPath(path(text)));
    }

    private static Optional<HostPort> tcpListener(String text) {
        try {
            HostPort parts = HostPort.parse(text);
            boolean numericPort = parts.port().filter(port -> port.isEmpty() || PortNumber.isNumber(port)).isPresent();
            boolean address = parts.port().isEmpty() && (parts.bracket() || parts.hasColons()
                    || parts.host().equals("*") || parts.host().matches("(\\d{1,3}\\.){3}\\d{1,3}"));
            return Optional.of(parts).filter(_ -> numericPort || address);
        } catch (AddressException _) {
            return Optional.empty();
        }
    }

    private static Optional<Address> unix(ByteString text) throws AddressException {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return switch (text.byteAt(0)) {
            case '/' -> Optional.of(new Address.UnixPath(path(text)));
            case '@' -> Optional.of(new Address.Abstract(unixText(text.toByteArray(), 1)));
            default -> Optional.empty();
        };
    }

    private static String path(ByteString text) throws AddressException {
        String path = unixText(text.toByteArray(), 0);
        if (path.isEmpty()) {
            throw new AddressException("Socket path is empty");
        }
        if (path.indexOf('\0') >= 0) {
            throw new AddressException("Socket path contains a NUL byte");
        }
        return path;
    }

    private static String unixText(byte[] bytes, int from) throws AddressException {
        if (bytes.length > MAX_UNIX_LENGTH) {
            throw new AddressException(
                    "Socket path too long: " + bytes.length + " bytes, but at most " + MAX_UNIX_LENGTH
                            + " are possible");
        }
        byte[] name = Arrays.copyOfRange(bytes, from, bytes.length);
        String text = new String(name, StandardCharsets.UTF_8);
        if (!Arrays.equals(name, text.getBytes(StandardCharsets.UTF_8))) {
            throw new AddressException("Socket path is not valid UTF-8");
        }
        return text;
    }

    private static ParsedAddress inet(HostPort parts, int defaultPort, Purpose purpose) throws AddressException {
        String service = parts.port().orElse(Integer.toString(defaultPort));
        int port = PortNumber.parse(parts.host(), service);
        return IpLiteral.parse(parts.host(), purpose)
                .<ParsedAddress>map(ip -> new ParsedAddress.Known(Address.inet(ip, port)))
                .orElseGet(() -> new ParsedAddress.Named(parts.host(), service, port));
    }
}
