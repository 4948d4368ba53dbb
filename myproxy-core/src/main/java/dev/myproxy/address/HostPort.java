package dev.myproxy.address;

import java.util.Optional;

/**
 * The two parts of {@code HOST}, {@code HOST:PORT}, {@code IPv6%scope}, {@code [HOST]} and {@code [HOST]:PORT}.
 *
 * <p>A text with a second colon, or one that begins with {@code ::}, is an IPv6 address and has no port.
 *
 * @param host    without brackets, never empty
 * @param bracket whether it stood in brackets
 * @param port    what follows the colon, may be empty; absent without a colon
 */
record HostPort(String host, boolean bracket, Optional<String> port) {

    private static final int MAX_HOST_LENGTH = 255;

    static HostPort parse(String text) throws AddressException {
        boolean bracket = text.startsWith("[");
        int start = bracket ? 1 : 0;
        int end = bracket ? text.indexOf(']') : hostEnd(text);
        if (end <= start) {
            throw new AddressException("Failed to extract host name");
        }
        if (end - start > MAX_HOST_LENGTH) {
            throw new AddressException("Host name too long");
        }
        String rest = text.substring(bracket ? end + 1 : end);
        if (!rest.isEmpty() && rest.charAt(0) != ':') {
            throw new AddressException("Garbage after host name");
        }
        return new HostPort(text.substring(start, end), bracket,
                rest.isEmpty() ? Optional.empty() : Optional.of(rest.substring(1)));
    }

    /** Whether the host is written as an IPv6 address. */
    boolean hasColons() {
        return host.indexOf(':') >= 0;
    }

    private static int hostEnd(String text) {
        int colon = text.indexOf(':');
        boolean secondColon = colon > 0 && nameEnd(text) == colon && text.indexOf(':', colon + 1) >= 0;
        boolean v6 = secondColon || text.startsWith("::");
        return v6 ? bareV6End(text) : nameEnd(text);
    }

    private static int nameEnd(String text) {
        int i = 0;
        while (i < text.length() && isNameCharacter(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static int bareV6End(String text) {
        int i = 0;
        while (i < text.length() && (isNameCharacter(text.charAt(i)) || text.charAt(i) == ':')) {
            i++;
        }
        if (i < text.length() && text.charAt(i) == '%') {
            i++;
            while (i < text.length() && isScopeCharacter(text.charAt(i))) {
                i++;
            }
        }
        return i;
    }

    private static boolean isNameCharacter(char c) {
        return switch (c) {
            case '.', '*', '-' -> true;
            default -> c < 0x80 && Character.isLetterOrDigit(c);
        };
    }

    private static boolean isScopeCharacter(char c) {
        return isNameCharacter(c) || c == '_' || c == ':' || c == '@';
    }
}
