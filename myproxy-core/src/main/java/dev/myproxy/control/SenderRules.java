package dev.myproxy.control;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads rules as configurations write them:
 *
 * <pre>
 * unix:uid=N   processes of a user
 * unix:gid=N   processes of a group
 * unix:any     all processes
 * ADDRESS      a host, IPv4 or IPv6
 * ADDRESS/N    the hosts of a network
 * </pre>
 */
public final class SenderRules {

    /** What a rule may look like, for messages. */
    public static final String EXAMPLES = "'unix:uid=0', 'unix:gid=0', 'unix:any', '10.0.0.0/8' or 'fd00::/8'";

    private static final String UNIX = "unix:";
    private static final Pattern PROCESSES = Pattern.compile("unix:(?<what>uid|gid)=(?<number>\\d{1,10})");
    private static final Pattern HOSTS = Pattern
            .compile("(?<ip>(\\d{1,3}\\.){3}\\d{1,3}|[0-9a-fA-F.:]*:[0-9a-fA-F.:]*)(/(?<length>\\d{1,3}))?");

    /** Of these numbers the last one is nobody's: it means that something is not known. */
    private static final long HIGHEST_NUMBER = 0xffff_fffeL;

    /** The length of ::ffff:0:0/96, whose addresses are the IPv4 addresses. */
    private static final int MAPPED = 96;

    private SenderRules() {}

    /**
     * Reads a rule.
     *
     * @throws IllegalArgumentException with a message that says what is right
     */
    public static SenderRule parse(String text) {
        return text.startsWith(UNIX) ? processes(text) : hosts(text);
    }

    private static SenderRule processes(String text) {
        if (text.equals(UNIX + "any")) {
            return new SenderRule.AnyProcess();
        }
        Matcher matcher = PROCESSES.matcher(text);
        if (!matcher.matches()) {
            throw unknown(text);
        }
        long number = Long.parseLong(matcher.group("number"));
        if (number > HIGHEST_NUMBER) {
            throw new IllegalArgumentException("\"" + text + "\": there are no numbers above " + HIGHEST_NUMBER);
        }
        return matcher.group("what").equals("uid") ? new SenderRule.User(number) : new SenderRule.Group(number);
    }

    private static SenderRule hosts(String text) {
        Matcher matcher = HOSTS.matcher(text);
        if (!matcher.matches()) {
            throw unknown(text);
        }
        String ip = matcher.group("ip");
        InetAddress address = literal(ip, text);
        boolean v6 = ip.indexOf(':') >= 0;
        int most = v6 ? 128 : 32;
        String given = matcher.group("length");
        int length = given == null ? most : Integer.parseInt(given);
        if (length > most) {
            throw new IllegalArgumentException(
                    "\"" + text + "\": an IPv" + (v6 ? 6 : 4) + " address has " + most + " bits");
        }
        if (v6 && address instanceof Inet4Address) {
            if (length < MAPPED) {
                throw new IllegalArgumentException("\"" + text + "\": write IPv4 networks as \"10.0.0.0/8\"");
            }
            length -= MAPPED;
        }
        return network(text, address, length);
    }

    private static SenderRule network(String text, InetAddress address, int length) {
        InetAddress first = IpPrefix.cut(address, length);
        if (!first.equals(address)) {
            throw new IllegalArgumentException("\"" + text + "\" is no network; write \""
                    + NetUtil.toAddressString(first) + "/"
                    + length + "\" for the network, or \"" + NetUtil.toAddressString(address) + "\" for the host");
        }
        return new SenderRule.Network(first, length);
    }

    private static InetAddress literal(String ip, String text) {
        try {
            return ip.indexOf(':') >= 0 ? Inet6Address.ofLiteral(ip) : Inet4Address.ofLiteral(ip);
        } catch (IllegalArgumentException _) {
            throw unknown(text);
        }
    }

    private static IllegalArgumentException unknown(String text) {
        return new IllegalArgumentException("\"" + text + "\" names no senders; write " + EXAMPLES);
    }
}
