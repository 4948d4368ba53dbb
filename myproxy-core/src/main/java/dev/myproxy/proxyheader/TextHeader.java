package dev.myproxy.proxyheader;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.MalformedPacketException;
import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Version 1: one line of text, of at most {@link #MAX_BYTES} bytes.
 *
 * <pre>
 * PROXY TCP4 192.0.2.1 192.0.2.2 56324 3306\r\n     addresses of the client and of where it connected to, then their ports
 * PROXY TCP6 2001:db8::1 2001:db8::2 56324 3306\r\n
 * PROXY UNKNOWN whatever\r\n
 * </pre>
 */
final class TextHeader {

    static final String START = "PROXY ";

    /** With the end of the line. */
    static final int MAX_BYTES = 107;

    static final String UNKNOWN = "PROXY UNKNOWN\r\n";

    private static final Pattern UNKNOWN_LINE = Pattern.compile("PROXY UNKNOWN(?: [ -~]*)?\r\n");
    private static final String PORT = "(0|[1-9][0-9]{0,4})";
    private static final Pattern TCP_LINE = Pattern
            .compile("PROXY (TCP4|TCP6) ([0-9a-fA-F.:]+) ([0-9a-fA-F.:]+) " + PORT + " " + PORT + "\r\n");
    private static final int MAX_PORT = 65535;

    private TextHeader() {}

    /** Reads a line, with its end. */
    static ProxyHeader read(String line) {
        if (UNKNOWN_LINE.matcher(line).matches()) {
            return new ProxyHeader.Unknown();
        }
        Matcher fields = TCP_LINE.matcher(line);
        if (!fields.matches()) {
            throw new MalformedPacketException("PROXY header without protocol, addresses and ports");
        }
        boolean v4 = fields.group(1).equals("TCP4");
        return new ProxyHeader.Forwarded(address(fields.group(2), fields.group(4), v4),
                address(fields.group(3), fields.group(5), v4));
    }

    private static Address address(String host, String port, boolean v4) {
        int number = Integer.parseInt(port);
        if (number > MAX_PORT || !(v4 ? NetUtil.isValidIpV4Address(host) : NetUtil.isValidIpV6Address(host))) {
            throw new MalformedPacketException("PROXY header with a bad address or port");
        }
        try {
            return Address.inet(InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(host)), number);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("IP addresses have 4 or 16 bytes", e);
        }
    }

    /** The line about a TCP client, with its end. */
    static String of(InetSocketAddress source, InetSocketAddress destination) {
        boolean v6 = source.getAddress() instanceof Inet6Address || destination.getAddress() instanceof Inet6Address;
        return START + (v6 ? "TCP6 " : "TCP4 ") + text(source, v6) + " " + text(destination, v6) + " "
                + source.getPort() + " " + destination.getPort() + "\r\n";
    }

    /** Both addresses are of one kind: an IPv4 address beside an IPv6 one takes its mapped form. */
    private static String text(InetSocketAddress socket, boolean v6) {
        String text = NetUtil.toAddressString(socket.getAddress());
        return v6 && !(socket.getAddress() instanceof Inet6Address) ? "::ffff:" + text : text;
    }
}
